// server.mjs MODEL.gguf - an OpenAI-compatible server (inference-server on llama.cpp) on a free loopback port.
// Prints "ready PORT" once it answers.
import { InferenceServer, createExpressServer } from 'inference-server'

const file = process.argv[2]
const models = new InferenceServer({
  log: 'error',
  concurrency: 1,
  models: {
    bigram: { task: 'text-completion', engine: 'node-llama-cpp', location: file, contextSize: 8192, maxInstances: 1, prepare: 'blocking', minInstances: 1, device: { gpu: false, cpuThreads: 2 } },
  },
})
await models.start()
const http = createExpressServer(models)
http.listen(0, '127.0.0.1', function () {
  console.log('ready', this.address().port)
})
