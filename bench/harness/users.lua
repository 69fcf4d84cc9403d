-- wrk's requests: users drawn uniformly from 1 … arg 1, the draw seeded by arg 2; ends with one line of JSON.

function init(args)
  users = tonumber(args[1])
  math.randomseed(tonumber(args[2]))
end

function request()
  return "GET /recommend/" .. math.random(users) .. " HTTP/1.1\r\nHost: bench\r\n\r\n"
end

function done(summary, latency)
  local errors = summary.errors
  local failures = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  local counts = string.format('"requests":%d,"seconds":%f,"failures":%d', summary.requests, summary.duration / 1e6, failures)
  local times = string.format('"p99":%f,"worst":%f', latency:percentile(99) / 1e6, latency.max / 1e6)
  io.write("\n{" .. counts .. "," .. times .. "}\n")
end
