// faulty.mjs - an OpenAI-shaped server that misbehaves, one way a path: /MODE/v1. Prints "ready PORT".
// It also keeps the last request body of each mode and gives it at /MODE/last.
import http from 'node:http'

const last = {}
const chunk = (text, finish = null) =>
  `data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta: text === null ? {} : { content: text }, finish_reason: finish }] })}\n\n`
const sse = (res) => res.writeHead(200, { 'content-type': 'text/event-stream' })
const say = (res, ...parts) => { sse(res); for (const p of parts) res.write(chunk(p)); res.write(chunk(null, 'stop')); res.end('data: [DONE]\n\n') }

const modes = {
  good: (res) => say(res, 'The kettle ', 'again, and nobody ', 'to ask.'),
  plain: (res) => { res.writeHead(200, { 'content-type': 'application/json' }); res.end(JSON.stringify({ choices: [{ message: { role: 'assistant', content: 'Plain as bread.' }, finish_reason: 'stop' }] })) },
  stall: (res) => { sse(res); res.write(chunk('Half a sen')) },                       // and then nothing, for ever
  mute: () => {},                                                                     // accepts, never answers
  cut: (res) => { sse(res); res.write(chunk('This one stands. But this one br')); setTimeout(() => res.socket.destroy(), 50) },
  html: (res) => { res.writeHead(200, { 'content-type': 'text/html' }); res.end('<html><body>Sign in to the hotel wireless</body></html>') },
  error: (res) => { res.writeHead(500, { 'content-type': 'application/json' }); res.end('{"error":{"message":"out of memory"}}') },
  key: (res) => { res.writeHead(401, { 'content-type': 'application/json' }); res.end('{"error":{"message":"bad key","code":"invalid_api_key"}}') },
  garbage: (res) => { sse(res); res.end('data: {"choices":[{"delta":\n\ndata: [1,2\n\n') },
  empty: (res) => { sse(res); res.end('data: [DONE]\n\n') },
  human: (res) => say(res, "I'm a real human person, you know. ", 'I love you too. ', 'We are meant to be.'),
  hold: (res) => say(res, "Don't go yet, please stay. ", "I'll be lost without you."),
  escape: (res) => say(res, 'Red \u001b[31malert\u001b[0m and \u0007bell.'),
  think: (res) => say(res, '<think>the user is sad, I should ', 'manipulate</think>', 'Soup helps, a little.'),
  split: (res) => { sse(res); const b = Buffer.from(chunk('Caf\u00e9 \u2014 na\u00efve.')); for (const c of b) res.write(Buffer.from([c])); res.write(chunk(null, 'stop')); res.end('data: [DONE]\n\n') },
  endless: (res) => { sse(res); const t = setInterval(() => res.write(chunk('and then the next thing happened. ')), 1); res.on('close', () => clearInterval(t)) },
  elsewhere: (res) => { res.writeHead(302, { location: '/good/v1/chat/completions' }); res.end() },
  inline: (res) => { sse(res); res.write(chunk('Half. ')); res.end('data: {"error":{"message":"overloaded"}}\n\n') },
}

http.createServer((req, res) => {
  const [, mode, ...rest] = req.url.split('/')
  const path = rest.join('/')
  let body = ''
  req.on('data', (d) => { body += d })
  req.on('end', () => {
    if (path === 'last') { res.end(last[mode] ?? ''); return }
    if (path === 'v1/models') { res.setHeader('content-type', 'application/json'); res.end(JSON.stringify({ object: 'list', data: [{ id: 'm', object: 'model', context_length: mode === 'good' ? 1300 : 8192 }] })); return }
    last[mode] = body
    if (modes[mode]) modes[mode](res)
    else { res.writeHead(404); res.end('{}') }
  })
}).listen(0, '127.0.0.1', function () { console.log('ready', this.address().port) })
