import Foundation

/// The program as it is used: a process of its own that serves, watched from outside.
final class BenchNode: Sendable {
    let base: String
    private let process: Process
    private let output: Pipe

    /// Starts it and waits until it listens.
    static func start(_ settings: Settings, database: String) async throws -> BenchNode {
        let process = Process()
        process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = ["serve", "--listen", "127.0.0.1:0"]
        process.environment = ProcessInfo.processInfo.environment.merging([
            "SCHALTER_DATABASE": database, "SCHALTER_KEY_FILE": settings.keyFile, "SCHALTER_MEDIA_FOLDER": settings.mediaFolder,
            "SCHALTER_ALLOW_NETWORK": "127.0.0.0/8",
        ]) { $1 }
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let (parts, part) = AsyncStream<Data>.makeStream()
        output.fileHandleForReading.readabilityHandler = { part.yield($0.availableData) }
        var said = ""
        for await part in parts {
            said += String(decoding: part, as: UTF8.self)
            if said.contains(")") { break }
        }
        guard let address = said.firstMatch(of: /listening on (http:[^)]+)\)/)?.output.1 else { throw DidNotStart() }
        return BenchNode(base: String(address), process: process, output: output)
    }

    private init(base: String, process: Process, output: Pipe) {
        self.base = base
        self.process = process
        self.output = output
    }

    struct DidNotStart: Error {}

    func end() async {
        process.terminate()
        while process.isRunning { try? await Task.sleep(for: .milliseconds(20)) }
    }

    /// In megabytes, as the system counts what lies in memory.
    var resident: Double {
        let kilobytes = line("VmRSS:", of: "status").flatMap { $0.split(whereSeparator: \.isWhitespace).first }.flatMap { Double($0) }
        return (kilobytes ?? .infinity) / 1024
    }

    /// Since the start: how often its threads went to sleep, and the processor time it used in milliseconds.
    var effort: (wakeUps: Double, processor: Double) {
        let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process.processIdentifier)/task")) ?? []
        let wakeUps = tasks.reduce(0.0) { sum, task in
            sum + (line("voluntary_ctxt_switches:", of: "task/\(task)/status").flatMap { Double($0.trimmingCharacters(in: .whitespaces)) } ?? 0)
        }
        let fields = (text(of: "stat") ?? "").split(separator: ")").last?.split(separator: " ") ?? []
        let ticks = fields.count > 12 ? (Double(fields[11]) ?? 0) + (Double(fields[12]) ?? 0) : 0
        return (wakeUps, ticks * 10)
    }

    private func text(of file: String) -> String? {
        try? String(contentsOfFile: "/proc/\(process.processIdentifier)/\(file)", encoding: .utf8)
    }

    private func line(_ name: String, of file: String) -> String? {
        text(of: file)?.split(separator: "\n").first { $0.hasPrefix(name) }.map { String($0.dropFirst(name.count)) }
    }
}
