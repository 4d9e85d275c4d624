import Foundation

extension SimulatedMastodon {
    /// Reads the memory of an earlier run; a missing file leaves the fresh world.
    public func recall(from file: URL) throws {
        guard FileManager.default.fileExists(atPath: file.path) else { return }
        state = try JSONDecoder().decode(MastodonState.self, from: Data(contentsOf: file))
        index = WorldIndex(state)
    }

    /// Writes the memory, if it changed since it was last written.
    public func keep(in file: URL) throws {
        guard keptRevision != revision else { return }
        try JSONEncoder().encode(state).write(to: file, options: .atomic)
        keptRevision = revision
    }
}
