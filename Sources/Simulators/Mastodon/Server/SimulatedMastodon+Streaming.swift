/// Something a stream tells its listeners.
struct StreamEvent: Sendable {
    var event: String
    /// JSON, or a plain id for `delete`.
    var payload: String
    var receivers: Set<Int64>
    /// Which of a receiver's streams carry it: `user`, `user:notification`, `direct`.
    var channels: Set<String>
    /// How late it is written.
    var delay: Double = 0
}

struct Subscriber: Sendable {
    var account: Int64
    var channel: String
    var sink: AsyncStream<StreamEvent>.Continuation
}

extension SimulatedMastodon {
    /// An open stream: its events, and the number under which it ends.
    func subscribe(_ account: Int64, to channel: String) -> (number: Int, events: AsyncStream<StreamEvent>) {
        let (events, sink) = AsyncStream<StreamEvent>.makeStream()
        let number = nextSubscriberNumber()
        subscribers[number] = Subscriber(account: account, channel: channel, sink: sink)
        return (number, events)
    }

    func unsubscribe(_ number: Int) { subscribers.removeValue(forKey: number)?.sink.finish() }

    /// How many streams are connected at this moment.
    public var openStreams: Int { subscribers.count }

    /// Ends every open stream, as a restart of the streaming server does. What happens meanwhile is never told again.
    public func cutStreams() {
        for subscriber in subscribers.values { subscriber.sink.finish() }
        subscribers = [:]
    }

    /// Ends streams and whatever hangs on purpose; the server is about to stop.
    func shutDown() {
        cutStreams()
        for hung in hanging { hung.finish() }
        for watcher in watchers.values { watcher.finish() }
        hanging = []
        watchers = [:]
    }

    /// Something to wait for that only comes when the server stops.
    func hang() -> AsyncStream<Never> {
        let (never, sink) = AsyncStream<Never>.makeStream()
        hanging.append(sink)
        return never
    }

    /// Numbers that grow with every change; only the newest waits.
    func watch() -> (number: Int, changes: AsyncStream<Int>) {
        let (changes, sink) = AsyncStream<Int>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let number = nextSubscriberNumber()
        watchers[number] = sink
        return (number, changes)
    }

    func unwatch(_ number: Int) { watchers.removeValue(forKey: number)?.finish() }

    /// From now on events wait.
    public func holdStream() { held = held ?? [] }

    /// Lets the held events go.
    /// - Parameter order: Positions among the held ones; those not named are lost. `nil` for the order in which they happened.
    public func releaseStream(order: [Int]? = nil) {
        let events = held ?? []
        held = nil
        for position in order ?? Array(events.indices) where events.indices.contains(position) { send(events[position]) }
    }

    public func releaseStreamReversed() { releaseStream(order: held.map { Array($0.indices.reversed()) }) }

    func emit(_ event: StreamEvent) {
        if held != nil { held?.append(event) } else { send(event) }
    }

    /// Faults are only used up by what somebody is there to hear.
    private func send(_ event: StreamEvent) {
        let listeners = subscribers.values.filter { event.receivers.contains($0.account) && event.channels.contains($0.channel) }
        guard !listeners.isEmpty, !has(.streamSilent) else { return }
        var event = event
        event.delay = take(.streamDelay)?.seconds ?? 0
        let copies = take(.streamDuplicate) == nil ? 1 : 2
        for listener in listeners {
            for _ in 0..<copies { listener.sink.yield(event) }
        }
    }

    /// Tells the home streams: the author's own and the followers'; a deletion also whom it named.
    func broadcast(_ status: Status, as event: String) {
        var receivers: Set<Int64> = [status.account]
        if status.visibility != .direct {
            receivers.formUnion(state.accounts.values.filter { $0.following.contains(status.account) }.map(\.id))
        }
        if event == "delete" { receivers.formUnion(status.mentions) }
        for receiver in receivers {
            let payload = event == "delete" ? idText(status.id) : shape(status, for: receiver).text
            emit(StreamEvent(event: event, payload: payload, receivers: [receiver], channels: ["user"]))
        }
    }

    func stream(_ notice: Notice) {
        emit(
            StreamEvent(
                event: "notification", payload: shape(notice).text, receivers: [notice.receiver], channels: ["user", "user:notification"]))
    }
}
