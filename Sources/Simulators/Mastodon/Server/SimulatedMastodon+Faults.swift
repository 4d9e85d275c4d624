import Foundation

extension SimulatedMastodon {
    /// Makes something go wrong from now on.
    public func arrange(_ fault: Fault) {
        state.faults.append(fault)
        changed()
    }

    /// - Parameter kind: Which kind is put right; `nil` for all.
    public func clearFaults(_ kind: Fault.Kind? = nil) {
        state.faults.removeAll { kind == nil || $0.kind == kind }
        changed()
    }

    public func pretend(toBe profile: ServerProfile) {
        state.profile = profile
        changed()
    }

    func has(_ kind: Fault.Kind) -> Bool { state.faults.contains { $0.kind == kind } }

    /// Uses up one time of a fault that is no matter of a single request.
    func take(_ kind: Fault.Kind) -> Fault? {
        state.faults.firstIndex { $0.kind == kind }.map(useUp)
    }

    /// Uses up one time of the first fault that is meant for this request.
    func takeFault(method: String, path: String) -> Fault? {
        state.faults.firstIndex { $0.concernsRequests && $0.matches(method: method, path: path) }.map(useUp)
    }

    private func useUp(_ position: Int) -> Fault {
        let fault = state.faults[position]
        if let times = fault.times {
            if times <= 1 { state.faults.remove(at: position) } else { state.faults[position].times = times - 1 }
        }
        return fault
    }

    /// Whether the software that this server pretends to be has no such endpoint.
    func lacks(_ path: String) -> Bool { state.profile.missing.contains { path.hasPrefix($0) } }

    enum ShapeKind { case account, status, notification }

    /// What newer or stranger servers do to the JSON of a thing.
    func garnished(_ json: JSON, as kind: ShapeKind) -> JSON {
        guard case .object(var members) = json else { return json }
        if has(.unknownFields) { members["weather"] = ["sky": "cloudy", "degrees": [1, 2.5, nil]] }
        if has(.missingAuthor), kind != .account { members["account"] = kind == .status ? nil : .null }
        if has(.unknownEnumValues), kind == .status { members["visibility"] = "neighbours" }
        if has(.nullFields) {
            for name in ["display_name", "avatar", "language", "spoiler_text", "url", "mentions", "media_attachments"]
            where members[name] != nil {
                members[name] = .null
            }
        }
        return .object(members)
    }
}
