import Foundation

/// Puts the pieces of an event stream together, wherever they were cut.
struct ServerSentEvents {
    enum Sign: Equatable {
        case event(name: String, data: String, id: String?)
        /// A line that begins with a colon: the server is there.
        case comment
    }

    /// An event longer than this is nobody's.
    static let longestEvent = 4 << 20

    private var line: [UInt8] = []
    /// Bytes of the event's lines so far, this one not counted.
    private var length = 0
    private var lastWasReturn = false
    private var isAtStart = true
    private var name = ""
    private var data: [String] = []
    private var id: String?

    /// - Throws: ``TransportFailure/tooLarge`` where a line or an event has no end.
    mutating func feed(_ bytes: Data) throws(TransportFailure) -> [Sign] {
        var heard: [Sign] = []
        for byte in bytes {
            if byte == UInt8(ascii: "\n"), lastWasReturn {
                lastWasReturn = false  // the second half of CRLF
                continue
            }
            lastWasReturn = byte == UInt8(ascii: "\r")
            if byte == UInt8(ascii: "\n") || lastWasReturn {
                if let one = endLine() { heard.append(one) }
            } else {
                line.append(byte)
                if length + line.count > Self.longestEvent { throw .tooLarge }
            }
        }
        return heard
    }

    private mutating func endLine() -> Sign? {
        length += line.count + 1
        defer { line.removeAll(keepingCapacity: true) }
        if isAtStart, line.starts(with: [0xef, 0xbb, 0xbf]) { line.removeFirst(3) }
        isAtStart = false
        guard !line.isEmpty else { return endEvent() }
        guard line[0] != UInt8(ascii: ":") else { return .comment }
        let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
        var value = line[colon...].dropFirst()
        if value.first == UInt8(ascii: " ") { value.removeFirst() }
        let text = String(decoding: value, as: UTF8.self)
        switch String(decoding: line[..<colon], as: UTF8.self) {
        case "event": name = text
        case "data": data.append(text)
        case "id": id = text
        default: break
        }
        return nil
    }

    private mutating func endEvent() -> Sign? {
        defer {
            name = ""
            data = []
            length = 0
        }
        return data.isEmpty ? nil : .event(name: name.isEmpty ? "message" : name, data: data.joined(separator: "\n"), id: id)
    }
}
