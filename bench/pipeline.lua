-- wrk -s pipeline.lua URL -- DEPTH: sends DEPTH requests in one write, and the
-- next ones when all have been answered. wrk counts each answer as a request.
function init(arguments)
    local depth = tonumber(arguments[1])
    batch = string.rep(wrk.format(), depth)
end

function request()
    return batch
end
