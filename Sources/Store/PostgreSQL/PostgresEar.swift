import Foundation

/// Hears what other nodes announce: a connection and a thread of its own, which sleep until something comes.
///
/// `@unchecked Sendable`: `state` is read and written only while `condition` is locked, the pipe's ends never change.
final class PostgresEar: @unchecked Sendable {
    private enum State {
        case asleep, listening, closing, closed
    }

    private let url: String
    private let channel: String
    private let bell: Bell
    private let condition = NSCondition()
    private var state = State.asleep
    private var whenClosed: CheckedContinuation<Void, Never>?
    private let alarm = Pipe()

    init(url: String, channel: String, bell: Bell) {
        self.url = url
        self.channel = channel
        self.bell = bell
    }

    /// Begins to listen, once.
    func listen() {
        condition.withLock {
            guard state == .asleep else { return }
            state = .listening
            Thread.detachNewThread { [self] in stayTuned() }
        }
    }

    func close() async {
        await withCheckedContinuation { continuation in
            let isDone = condition.withLock {
                guard state == .listening else {
                    state = .closed
                    return true
                }
                state = .closing
                whenClosed = continuation
                return false
            }
            if isDone { return continuation.resume() }
            alarm.fileHandleForWriting.write(Data([0]))
        }
    }

    private var isClosing: Bool {
        condition.withLock { state != .listening }
    }

    private func stayTuned() {
        var pause: Int32 = 50
        while !isClosing {
            do {
                let connection = try PostgresConnection(url: url)
                try connection.execute(script: "LISTEN \(channel)")
                pause = 50
                bell.ring(.changed)  // something may have happened while nobody heard it
                try hear(connection)
            } catch {
                // The server is away; hints are missed and made up for by the `changed` above.
                _ = wait(for: nil, milliseconds: pause)
                pause = min(pause * 2, 2000)
            }
        }
        let waiting = condition.withLock {
            state = .closed
            return whenClosed
        }
        waiting?.resume()
    }

    private func hear(_ connection: PostgresConnection) throws {
        while wait(for: connection.socket, milliseconds: -1) {
            for text in try connection.notifications() { bell.ring(.notified(text)) }
        }
    }

    /// Sleeps until something arrives on the socket, the time is over, or the alarm rings.
    /// - Returns: False where it was the alarm.
    private func wait(for socket: Int32?, milliseconds: Int32) -> Bool {
        var watched = [pollfd(fd: alarm.fileHandleForReading.fileDescriptor, events: Int16(POLLIN), revents: 0)]
        if let socket { watched.append(pollfd(fd: socket, events: Int16(POLLIN), revents: 0)) }
        poll(&watched, nfds_t(watched.count), milliseconds)
        return watched[0].revents == 0
    }
}
