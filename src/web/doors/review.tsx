import { useParams } from '@tanstack/react-router'
import { ReviewPage } from '#pillars/imagination/web/composer/review-page.tsx'

/** A post opened by a review link, for people who have no login. */
export function Review() {
  const { token } = useParams({ from: '/review/$token' })
  return <ReviewPage token={token} />
}
