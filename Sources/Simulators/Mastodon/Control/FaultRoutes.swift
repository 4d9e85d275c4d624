import Hummingbird

extension Call {
    /// `{"kind": "hang", "method": "POST", "path": "/api/v1/statuses", "times": 1}` makes something go wrong;
    /// `{"clear": true}`, with or without a kind, puts it right.
    func simFault() async throws -> Response {
        let kind = try fields["kind"].map(kind)
        if fields.flag("clear") ?? false {
            await server.clearFaults(kind)
            return Call.done
        }
        guard let kind else { throw WireRefusal(status: 400, error: "kind is missing") }
        var fault = Fault(kind, method: fields["method"], path: fields["path"] ?? "", times: fields.int("times"))
        fault.seconds = fields["seconds"].flatMap(Double.init) ?? fault.seconds
        fault.status = fields.int("status") ?? fault.status
        await server.arrange(fault)
        return Call.done
    }

    private func kind(_ name: String) throws -> Fault.Kind {
        guard let kind = Fault.Kind(rawValue: name) else {
            let known = Fault.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw WireRefusal(status: 400, error: "unknown kind; known are \(known)")
        }
        return kind
    }

    func simProfile() async throws -> Response {
        guard let profile = ServerProfile(rawValue: fields["profile"] ?? "") else {
            throw WireRefusal(status: 400, error: "unknown profile")
        }
        await server.pretend(toBe: profile)
        return Call.done
    }

    /// `hold`, `release` (with `order`: `given`, `reversed`, or a list of positions), `cut`.
    func simStream() async throws -> Response {
        switch fields["do"] {
        case "hold": await server.holdStream()
        case "release" where fields["order"] == "reversed": await server.releaseStreamReversed()
        case "release":
            let order = fields.all("order").compactMap { Int($0) }
            await server.releaseStream(order: order.isEmpty ? nil : order)
        case "cut": await server.cutStreams()
        default: throw WireRefusal(status: 400, error: "do is one of hold, release, cut")
        }
        return Response(json: ["open": JSON(await server.openStreams)])
    }
}
