// Walks a server through files and batches with OpenAI's own client for Node, whose wire behaviour this project did not write.
// BASE_URL and API_KEY say where to. One line a check, "ok <name>" or "not ok <name>: why"; exit code 1 when one failed.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import OpenAI, { toFile } from 'openai';

const { BASE_URL: baseURL, API_KEY: apiKey } = process.env;
const provider = { 'x-tfy-provider-name': 'openai-main' };
const openai = new OpenAI({ baseURL, apiKey, defaultHeaders: provider, maxRetries: 0 });
const chat = '/v1/chat/completions';
const ended = ['completed', 'failed', 'expired', 'cancelled'];
let failures = 0;

async function step(name, work) {
  try {
    const value = await work();
    console.log(`ok ${name}`);
    return value;
  } catch (error) {
    failures += 1;
    console.log(`not ok ${name}: ${error.constructor.name}: ${error.message.replaceAll('\n', ' ')}`);
    return undefined;
  }
}

const refusal = (name, status, work) => step(name, async () => {
  await assert.rejects(work, (error) => {
    assert.ok(error instanceof OpenAI.APIError, `${error}`);
    assert.equal(error.status, status);
    assert.equal(typeof error.error?.message, 'string');
    return true;
  });
});

async function untilEnded(id) {
  const statuses = [];
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    const batch = await openai.batches.retrieve(id);
    if (statuses.at(-1) !== batch.status) statuses.push(batch.status);
    if (ended.includes(batch.status)) return { batch, statuses };
    await pause(50);
  }
  throw new Error(`not ended in time: ${statuses.join(', ')}`);
}

async function resultsOf(batch) {
  const ids = [batch.output_file_id, batch.error_file_id].filter(Boolean);
  const texts = await Promise.all(ids.map(async (id) => (await openai.files.content(id)).text()));
  return texts.join('').split('\n').filter(Boolean).map((line) => JSON.parse(line));
}

const prompts = ['plain', 'with "quotes" and \\ backslashes', 'Grüße, 世界 💡', 'line\u2028separator', 'tab\tand\nnewline', 'six', 'seven'];
const requests = prompts.map((content, index) => ({
  custom_id: `walk/${index} ü`,
  method: 'POST',
  url: chat,
  body: { model: 'gpt-4o-mini', messages: [{ role: 'system', content: 'Be brief.' }, { role: 'user', content }] },
}));
const input = Buffer.from(requests.map((request) => `${JSON.stringify(request)}\n`).join(''));
const newBatch = (file, more = {}) => openai.batches.create({ input_file_id: file.id, endpoint: chat, completion_window: '24h', ...more });

const file = await step('a file is uploaded', async () => {
  const created = await openai.files.create({ file: await toFile(input, 'walk.jsonl'), purpose: 'batch' });
  assert.match(created.id, /^file-/);
  assert.deepEqual([created.object, created.purpose, created.filename, created.bytes], ['file', 'batch', 'walk.jsonl', input.length]);
  assert.ok(Number.isInteger(created.created_at));
  return created;
});
if (!file) process.exit(1);

await step('a file is found by its id', async () => assert.equal((await openai.files.retrieve(file.id)).bytes, input.length));
await step('a file comes back byte for byte', async () => {
  const content = Buffer.from(await (await openai.files.content(file.id)).arrayBuffer());
  assert.ok(content.equals(input));
});
await step('a range of a file comes back', async () => {
  const response = await openai.files.content(file.id, { headers: { Range: 'bytes=10-19' } });
  assert.equal(response.status, 206);
  assert.ok(Buffer.from(await response.arrayBuffer()).equals(input.subarray(10, 20)));
});
await step('a file is listed under its purpose only', async () => {
  const listed = async (purpose) => {
    for await (const item of openai.files.list({ purpose, limit: 1 })) if (item.id === file.id) return true;
    return false;
  };
  assert.equal(await listed('batch'), true);
  assert.equal(await listed('fine-tune'), false);
});

const batch = await step('a batch is created', async () => {
  const { data, response } = await newBatch(file, { metadata: { walk: 'node' } }).withResponse();
  assert.match(data.id, /^batch_/);
  assert.deepEqual([data.object, data.status, data.endpoint, data.input_file_id], ['batch', 'validating', chat, file.id]);
  assert.equal(data.expires_at - data.created_at, 86_400);
  assert.deepEqual(data.metadata, { walk: 'node' });
  assert.ok(response.headers.get('x-request-id'));
  return data;
});

const finished = batch && await step('a batch runs to its end', async () => {
  const { batch: last, statuses } = await untilEnded(batch.id);
  assert.equal(statuses.at(-1), 'completed');
  const order = ['validating', 'in_progress', 'finalizing', 'completed'];
  assert.deepEqual(statuses, order.filter((status) => statuses.includes(status)));
  return last;
});
if (finished) {
  await step('the counts and the usage add up', async () => {
    assert.deepEqual(finished.request_counts, { total: prompts.length, completed: prompts.length, failed: 0 });
    assert.equal(finished.usage.total_tokens, finished.usage.input_tokens + finished.usage.output_tokens);
    assert.ok(finished.usage.output_tokens > 0);
    assert.equal(finished.model, 'gpt-4o-mini');
  });
  await step('every request has one answer', async () => {
    const answers = new Map((await resultsOf(finished)).map((line) => [line.custom_id, line]));
    assert.equal(answers.size, requests.length);
    for (const { custom_id: id, body } of requests) {
      const { response, error } = answers.get(id);
      assert.deepEqual([response.status_code, error], [200, null]);
      assert.equal(response.body.choices[0].message.content, `Echo: ${body.messages.at(-1).content}`);
    }
  });
  await step('the output is a file of its own', async () => {
    const output = await openai.files.retrieve(finished.output_file_id);
    assert.equal(output.purpose, 'batch_output');
    assert.equal(finished.error_file_id, null);
  });
}

await step('a bad file fails its batch, with the line', async () => {
  const bad = await openai.files.create({ file: await toFile(Buffer.concat([input, input.subarray(0, input.indexOf(10) + 1)]), 'bad.jsonl'), purpose: 'batch' });
  const { batch: last } = await untilEnded((await newBatch(bad)).id);
  assert.equal(last.status, 'failed');
  assert.deepEqual(last.errors.data.map(({ code, line }) => [code, line]), [['duplicate_custom_id', prompts.length + 1]]);
});
await step('batches are listed page by page', async () => {
  const made = [];
  for (let i = 0; i < 3; i += 1) made.push((await newBatch(file)).id);
  const seen = [];
  for await (const item of openai.batches.list({ limit: 2 })) seen.push(item.id);
  assert.equal(new Set(seen).size, seen.length);
  assert.deepEqual(seen.slice(0, 3), made.toReversed());
  assert.equal(seen.at(-1), batch.id);
});
await step('a batch is cancelled', async () => {
  const { id } = await newBatch(file);
  assert.equal((await openai.batches.cancel(id)).status, 'cancelling');
  const { batch: last } = await untilEnded(id);
  assert.equal(last.status, 'cancelled');
  assert.ok(last.cancelled_at >= last.cancelling_at);
  const lines = await resultsOf(last);
  assert.equal(lines.length, requests.length);
  assert.ok(lines.every((line) => line.response !== null || line.error.code === 'batch_cancelled'));
});

await refusal('a finished batch cannot be cancelled', 409, () => openai.batches.cancel(batch.id));
await refusal('an unknown batch is not found', 404, () => openai.batches.retrieve('batch_unknown'));
await refusal('an unknown batch is not cancelled', 404, () => openai.batches.cancel('batch_unknown'));
await refusal('an unknown file has no content', 404, () => openai.files.content('file-unknown'));
await refusal('another window is refused', 400, () => newBatch(file, { completion_window: '1h' }));
await refusal('another endpoint is refused', 400, () => newBatch(file, { endpoint: '/v1/nowhere' }));
await refusal('an unknown input file is refused', 400, () => newBatch({ id: 'file-unknown' }));
await refusal('an unknown purpose is refused', 400, async () => openai.files.create({ file: await toFile(input, 'x.jsonl'), purpose: 'nothing' }));
await refusal('a wrong key is refused', 401, () => openai.withOptions({ apiKey: 'wrong' }).batches.retrieve(batch.id));
await refusal('another provider does not see the batch', 404, () =>
  openai.batches.retrieve(batch.id, { headers: { 'x-tfy-provider-name': 'somebody-else' } }));

await step('a file is deleted', async () => {
  assert.deepEqual(await openai.files.delete(file.id), { id: file.id, object: 'file', deleted: true });
  await assert.rejects(() => openai.files.retrieve(file.id), { status: 404 });
});

process.exit(failures ? 1 : 0);
