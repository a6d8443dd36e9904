import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { inside, type Ground, type Place } from './ground.ts'

// Written by the front, not by the software under test: what it says went over the wire did.
const line = '{"at":$msec,"host":"$host","method":"$request_method","path":"$request_uri","status":$status,"agent":"$http_user_agent","key":"$http_idempotency_key","body":"$request_body"}'

const server = ({ host, address, port }: Place): string => `
  server {
    listen ${address}:443 ssl;
    server_name ${host};
    location / { proxy_pass http://127.0.0.1:${port}; }
  }`

const config = ({ folder, places, accessLog }: Ground): string => `
user root;
worker_processes 1;
daemon off;
pid ${folder}/front.pid;
error_log ${folder}/front.log warn;
events { worker_connections 512; }
http {
  log_format witness escape=json '${line}';
  access_log ${accessLog} witness;
  ssl_certificate ${folder}/ca/tls.pem;
  ssl_certificate_key ${folder}/ca/tls.key;
  client_max_body_size 256m;
  client_body_buffer_size 1m;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/front-${name};`).join('\n  ')}
  map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
  proxy_http_version 1.1;
  proxy_buffering off;
  proxy_read_timeout 300s;
  proxy_next_upstream off;
  proxy_set_header Host $host;
  proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
  proxy_set_header X-Forwarded-Proto https;
  proxy_set_header Upgrade $http_upgrade;
  proxy_set_header Connection $connection_upgrade;
  ${places.map(server).join('')}
}
`

/** nginx in front of every name: real TLS, and a witness of each request. */
export async function startFront(ground: Ground): Promise<void> {
  mkdirSync(ground.folder, { recursive: true })
  const path = join(ground.folder, 'front.conf')
  writeFileSync(path, config(ground))
  writeFileSync(ground.accessLog, '')
  const [program, ...args] = inside(ground, 'nginx', '-c', path, '-e', join(ground.folder, 'front.log'))
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'ignore'] })
  child.unref()
  for (let tries = 0; tries < 100; tries++) {
    if (existsSync(join(ground.folder, 'front.pid'))) return
    if (child.exitCode !== null) break
    await pause(50)
  }
  const log = join(ground.folder, 'front.log')
  throw new Error(`nginx did not start: ${existsSync(log) ? readFileSync(log, 'utf8').slice(-800) : ''}`)
}
