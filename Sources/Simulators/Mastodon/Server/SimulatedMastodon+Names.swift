extension SimulatedMastodon {
    /// The id as it goes over the wire: a string that nobody may calculate with, or a number where a fault says so.
    func name(_ id: Int64) -> JSON { has(.numericIDs) ? .int(id) : .string(idText(id)) }

    func idText(_ id: Int64) -> String { state.profile.name(id) }

    func number(_ text: String) throws(WireRefusal) -> Int64 {
        guard let id = state.profile.number(text) else { throw .notFound }
        return id
    }
}
