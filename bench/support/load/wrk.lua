-- What wrk sends, and the check of every answer. Arguments: the route, a file of tokens, the pattern
-- that a right answer matches, the rest of a save's JSON after its nickname, and what tells this load
-- from others.
local route, pattern, rest, load
local tokens, sent = {}, {}
local turn = 0

wrong = 0
answer = ""

local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init(args)
  route, pattern, rest, load = args[1], args[3], args[4], args[5]
  for token in io.lines(args[2]) do
    tokens[#tokens + 1] = token
  end
end

-- Users take turns, and there are more of them than connections: no two requests of one are under way.
function request()
  turn = turn % #tokens + 1
  local token = tokens[turn]
  sent[token] = (sent[token] or 0) + 1
  if route == "index" then
    return "GET /personal/index HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " .. token .. "\r\n\r\n"
  end
  local body = '{"nickname":"' .. nickname(token) .. '",' .. rest
  return "POST /personal/save HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nAuthorization: Bearer "
    .. token .. "\r\nContent-Length: " .. #body .. "\r\n\r\n" .. body
end

-- Differs from save to save, so that each has a difference to record.
function nickname(token)
  return load .. " " .. string.sub(token, 1, 8) .. " " .. sent[token]
end

function response(status, headers, body)
  local token, saved = string.match(body, pattern)
  local is_right = status == 200 and token ~= nil and sent[token] ~= nil
    and (route == "index" or saved == nickname(token))
  if not is_right then
    wrong = wrong + 1
    if wrong == 1 then answer = status .. " " .. body end
  end
end

local function hex(text)
  return (string.gsub(text, ".", function(c) return string.format("%02x", string.byte(c)) end))
end

function done(summary, latency)
  local count, first = 0, ""
  for _, thread in ipairs(threads) do
    count = count + thread:get("wrong")
    first = thread:get("answer")
  end
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.timeout
  print(string.format(
    'RESULT {"requests":%d,"seconds":%f,"p50":%f,"p99":%f,"wrong":%d,"failed":%d,"answer":"%s"}',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    count, failed, hex(first)))
end
