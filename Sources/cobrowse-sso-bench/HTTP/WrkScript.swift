/// What wrk is told to send, in its own language, Lua.
enum WrkScript {
    /// Arguments: `body` or `bearer`, a file of tokens (one a line), `repeat` or `once`.
    ///
    /// All requests are made before the clock starts. With `once` the run ends when each token has been sent: the
    /// signal ends the sleep of wrk's main thread, whose length it takes for the duration of the run.
    static let text = #"""
        local ffi = require("ffi")
        ffi.cdef("int kill(int process, int signal); int getpid(void);")
        local requests, position, isOnce = {}, 0, false

        local function body(token)
          local start = '{"token":"' .. token .. '","requestId":"3f0c8a52-6f0e-4a53-9a39-0d3c2b7f6e11","client":{"ip":'
            .. '"192.0.2.10","ua":"'
          return start .. string.rep("x", 703 - #start - 3) .. '"}}'
        end

        function init(arguments)
          isOnce = arguments[3] == "once"
          for token in io.lines(arguments[2]) do
            if arguments[1] == "body" then
              local fields = { ["Content-Type"] = "application/json" }
              requests[#requests + 1] = wrk.format("POST", nil, fields, body(token))
            else
              requests[#requests + 1] = wrk.format("GET", nil, { ["Authorization"] = "Bearer " .. token }, nil)
            end
          end
        end

        function request()
          position = position + 1
          if position > #requests then
            if isOnce then
              position = #requests
              wrk.thread:stop()
              ffi.C.kill(ffi.C.getpid(), 2)
            else
              position = 1
            end
          end
          return requests[position]
        end

        function done(summary)
          local errors = summary.errors
          io.write(string.format("\nRESULT %d %d %d %d %d %d %d\n", summary.requests, summary.duration,
            errors.status, errors.connect, errors.read, errors.write, errors.timeout))
        end
        """#
}
