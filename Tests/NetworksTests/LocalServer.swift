import Foundation
import Synchronization

/// A server on loopback that does with each connection what a test wants, on threads of its own.
final class LocalServer: Sendable {
    let port: Int
    private let listener: Int32
    private let accepted = Tally()
    private let read = Readings()

    var connections: Int { accepted.count }
    /// What was read of each request, head first.
    var requests: [String] { read.all.withLock { $0 } }

    /// - Parameter serve: Gets the connection after its first bytes were read (none where `readsFirst` is false).
    init(readsFirst: Bool = true, _ serve: @escaping @Sendable (Connection) -> Void) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                _ = bind(listener, pointer, size)
                _ = listen(listener, 16)
                _ = getsockname(listener, pointer, &size)
            }
        }
        self.listener = listener
        port = Int(UInt16(bigEndian: address.sin_port))
        let (accepted, read) = (accepted, read)
        Thread.detachNewThread {
            while true {
                let socket = accept(listener, nil, nil)
                guard socket >= 0 else { return }
                _ = accepted.next()
                Thread.detachNewThread {
                    let connection = Connection(socket: socket)
                    if readsFirst {
                        let text = connection.read()
                        read.all.withLock { $0.append(text) }
                    }
                    serve(connection)
                    close(socket)
                }
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    func url(_ path: String = "/", host: String = "127.0.0.1") -> URL { URL(string: "http://\(host):\(port)\(path)")! }

    struct Connection: Sendable {
        let socket: Int32

        func read() -> String {
            var buffer = [UInt8](repeating: 0, count: 65_536)
            let length = recv(socket, &buffer, buffer.count, 0)
            return String(decoding: buffer.prefix(max(0, length)), as: UTF8.self)
        }

        @discardableResult func write(_ text: String) -> Bool { write(Data(text.utf8)) }

        @discardableResult func write(_ data: Data) -> Bool {
            data.withUnsafeBytes { send(socket, $0.baseAddress, data.count, Int32(MSG_NOSIGNAL)) } > 0
        }

        func answer(_ body: String, status: String = "200 OK", headers: String = "") {
            write("HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n\(headers)\r\n\(body)")
        }

        /// The peer sees a reset, not an end.
        func reset() {
            var hard = linger(l_onoff: 1, l_linger: 0)
            setsockopt(socket, SOL_SOCKET, SO_LINGER, &hard, socklen_t(MemoryLayout<linger>.size))
        }

        /// Until the peer has gone.
        func waitForEnd() { while !read().isEmpty {} }
    }
}

private final class Readings: Sendable {
    let all = Mutex<[String]>([])
}

/// Counts, across threads.
final class Tally: Sendable {
    private let value = Atomic<Int>(0)
    var count: Int { value.load(ordering: .relaxed) }
    func next() -> Int { value.add(1, ordering: .relaxed).newValue }
}
