/* node load.cjs PLAN: how many requests a second are answered, and how late the latest of a hundred.
   PLAN is a JSON file {modules, url, seconds, changes: [{path, headers, body}], turns: [[index, ...] of each connection]}. */
"use strict";

const { createRequire } = require("node:module");
const { readFileSync } = require("node:fs");

const plan = JSON.parse(readFileSync(process.argv[2], "utf8"));
const autocannon = createRequire(plan.modules + "/package.json")("autocannon");
const waiting = plan.turns.slice();

function request(index) {
  return { method: "POST", ...plan.changes[index] };
}

autocannon({
  url: plan.url,
  duration: plan.seconds,
  connections: plan.turns.length,
  timeout: 30,
  setupClient: function (client) { client.setRequests(waiting.shift().map(request)); },
}).then(function (result) {
  const { errors, timeouts, non2xx } = result;
  process.stdout.write(JSON.stringify({ rate: result.requests.total / result.duration, p99: result.latency.p99, bad: errors + timeouts + non2xx }));
});
