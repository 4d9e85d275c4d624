import Foundation
import Synchronization

/// Stands between a store and PostgreSQL and cuts the line at the worst moment, once.
final class Wiretap: Sendable {
    enum Cut {
        /// The server never gets the COMMIT.
        case beforeCommit
        /// The server commits, and its answer is lost.
        case afterCommit
    }

    /// The address under which the server is reached through this.
    let url: String
    private let door: Int32
    private let cut = Mutex<Cut?>(nil)

    init(to server: String) throws {
        guard let components = URLComponents(string: server) else { throw CocoaError(.formatting) }
        func item(_ name: String) -> String? { components.queryItems?.first { $0.name == name }?.value }
        let host = item("host") ?? components.host ?? "127.0.0.1"
        let port = item("port") ?? components.port.map(String.init) ?? "5432"
        let (listening, own) = try Self.listen()
        door = listening
        let user = components.user ?? "postgres"
        url = "postgresql://\(user)@127.0.0.1:\(own)\(components.path)"
        Thread.detachNewThread { [self] in
            while case let client = accept(door, nil, nil), client >= 0 {
                Thread.detachNewThread { [self] in pass(between: client, and: Self.dial(host, port)) }
            }
        }
    }

    /// The next COMMIT is cut off.
    func arm(_ moment: Cut) {
        cut.withLock { $0 = moment }
    }

    var hasCut: Bool { cut.withLock { $0 == nil } }

    func close() {
        shutdown(door, Int32(SHUT_RDWR))
        Glibc.close(door)
    }

    private func pass(between client: Int32, and server: Int32) {
        defer { for socket in [client, server] { Glibc.close(socket) } }
        var ends = [client, server].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        while poll(&ends, 2, -1) > 0 {
            for (end, other) in [(ends[0], server), (ends[1], client)] where end.revents != 0 {
                guard let bytes = Self.receive(from: end.fd) else { return }
                if end.fd == client, bytes.range(of: Data("COMMIT\0".utf8)) != nil, let moment = cut.withLock({ $0.take() }) {
                    if moment == .afterCommit {
                        Self.send(bytes, to: server)
                        _ = Self.receive(from: server)
                    }
                    return
                }
                Self.send(bytes, to: other)
            }
        }
    }

    private static func listen() throws -> (socket: Int32, port: UInt16) {
        let door = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = loopback(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(door, $0, length) == 0 && getsockname(door, $0, &length) == 0 }
        }
        guard isBound, Glibc.listen(door, 64) == 0 else { throw CocoaError(.fileReadUnknown) }
        return (door, UInt16(bigEndian: address.sin_port))
    }

    private static func dial(_ host: String, _ port: String) -> Int32 {
        if host.hasPrefix("/") {
            let line = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array("\(host)/.s.PGSQL.\(port)".utf8)) }
            return connected(line, &address)
        }
        let line = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = loopback(port: UInt16(port) ?? 5432)
        return connected(line, &address)
    }

    private static func connected<Address>(_ line: Int32, _ address: inout Address) -> Int32 {
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = connect(line, $0, socklen_t(MemoryLayout<Address>.size)) }
        }
        return line
    }

    private static func loopback(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return address
    }

    private static func receive(from socket: Int32) -> Data? {
        var buffer = [UInt8](repeating: 0, count: 65536)
        let count = recv(socket, &buffer, buffer.count, 0)
        return count > 0 ? Data(buffer[..<count]) : nil
    }

    private static func send(_ bytes: Data, to socket: Int32) {
        _ = bytes.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    }
}
