import Dispatch
import Foundation

/// Finds the addresses of a host name. A test puts in one that changes its mind.
public typealias Resolver = @Sendable (_ host: String) async throws(TransportFailure) -> [IPAddress]

/// The system's own resolver. It has no deadline but its own (`resolv.conf`), hence a thread that may wait.
public let systemResolver: Resolver = { host throws(TransportFailure) in
    let found = await withCheckedContinuation { continuation in
        DispatchQueue.global().async { continuation.resume(returning: addresses(of: host)) }
    }
    guard !found.isEmpty else { throw .unreachable }
    return found
}

private func addresses(of host: String) -> [IPAddress] {
    var hints = addrinfo()
    hints.ai_family = AF_UNSPEC
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, nil, &hints, &list) == 0 else { return [] }
    defer { freeaddrinfo(list) }
    return sequence(first: list, next: { $0?.pointee.ai_next }).compactMap { $0.flatMap(address) }
}

private func address(of entry: UnsafeMutablePointer<addrinfo>) -> IPAddress? {
    var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    let info = entry.pointee
    guard getnameinfo(info.ai_addr, info.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST) == 0 else { return nil }
    let name = String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    return IPAddress(name)
}
