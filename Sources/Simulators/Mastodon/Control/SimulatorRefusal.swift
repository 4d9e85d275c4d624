/// Why the simulator will not do what a test or a visitor of its page asked, in the network's words.
public struct SimulatorRefusal: Error, Sendable, CustomStringConvertible {
    public let status: Int
    public let description: String

    init(_ refusal: WireRefusal) {
        status = refusal.status
        description = refusal.error
    }
}
