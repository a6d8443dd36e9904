/** A soft two-note call, made here so that no file has to be fetched. */
export function ringSoftly(): void {
  const audio = new AudioContext()
  for (const [place, pitch] of [[0, 660], [0.16, 880]] as const) {
    const [tone, gain] = [audio.createOscillator(), audio.createGain()]
    const at = audio.currentTime + place
    tone.frequency.value = pitch
    gain.gain.setValueAtTime(0.0001, at)
    gain.gain.exponentialRampToValueAtTime(0.12, at + 0.02)
    gain.gain.exponentialRampToValueAtTime(0.0001, at + 0.3)
    tone.connect(gain).connect(audio.destination)
    tone.start(at)
    tone.stop(at + 0.32)
  }
  setTimeout(() => void audio.close(), 800)
}
