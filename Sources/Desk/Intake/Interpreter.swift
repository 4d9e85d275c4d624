import Foundation
import Logging
import Networks
import Store

/// Reads the journal of one channel and has taken in what it says. One bad item never costs its neighbours.
struct Interpreter: Sendable {
    let intake: Intake
    let channel: Channel
    let network: any Network
    let clock: Clock
    let fate: Fate
    let log: Logger

    /// Takes in what waits, some at a time; while they are stored the next ones are read.
    /// - Returns: Whether more may wait.
    func work() async throws -> Bool {
        let batch = try await intake.journal.waiting(on: channel.id, at: clock.now(), limit: Self.batchSize)
        var read: [Reading] = []
        for some in batch.chunks(of: Self.batchSize / 4) {
            async let next = interpret(some)
            try await take(read)
            read = try await next
        }
        try await take(read)
        return batch.count == Self.batchSize
    }

    private struct Reading: Sendable {
        let waiting: Journal.Waiting
        let events: [InboundEvent]
        let meaning: Intake.Meaning
    }

    private func interpret(_ items: ArraySlice<Journal.Waiting>) async throws -> [Reading] {
        var read: [Reading] = []
        for waiting in items {
            do {
                let events = try network.interpret(waiting.item)
                read.append(Reading(waiting: waiting, events: events, meaning: Intake.Meaning(of: waiting, events)))
            } catch {
                try await intake.journal.setAside(waiting.id, why: error.why, on: channel.id, at: clock.now())
            }
        }
        return read
    }

    /// First what stands for itself, then what needs something fetched, so that a slow server holds up nobody else.
    private func take(_ read: [Reading]) async throws {
        guard !read.isEmpty else { return }
        fate(.eventInterpreted)
        let orphans = Set(try await intake.orphans(in: read.flatMap(\.events), on: channel).map(\.object))
        let (lonely, whole) = read.partitioned { orphans.isDisjoint(with: $0.events.compactMap(\.object)) }
        try await take(whole.map(\.meaning))
        for one in lonely {
            if let meaning = try await meaning(of: one.waiting, one.events) { try await take([meaning]) }
        }
    }

    /// All together; if that fails, one by one, so that the one at fault is found.
    private func take(_ meanings: [Intake.Meaning]) async throws {
        guard !meanings.isEmpty else { return }
        do {
            return try await intake.take(meanings, on: channel, at: clock.now())
        } catch let trouble as StoreError where trouble.isOfTheDatabase {
            throw trouble
        } catch {
            log.warning("A batch of items could not be taken in, going one by one", metadata: ["error": "\(error)"])
        }
        for meaning in meanings { try await takeAlone(meaning) }
    }

    private func takeAlone(_ meaning: Intake.Meaning) async throws {
        do {
            try await intake.take([meaning], on: channel, at: clock.now())
        } catch let trouble as StoreError where trouble.isOfTheDatabase {
            throw trouble
        } catch StoreError.timeout {
            log.error("An item takes too long to be taken in", metadata: ["item": "\(meaning.item)"])
            try await intake.journal.postpone(meaning.item, at: clock.now())
        } catch {
            log.error("An item could not be taken in", metadata: ["item": "\(meaning.item)", "error": "\(error)"])
            try await intake.journal.setAside(meaning.item, why: "the desk could not take it in", on: channel.id, at: clock.now())
        }
    }

    /// With what stands above it.
    /// - Returns: `nil` where it has to wait.
    private func meaning(of waiting: Journal.Waiting, _ events: [InboundEvent]) async throws -> Intake.Meaning? {
        var context: [InboundMessage] = []
        for orphan in try await intake.orphans(in: events, on: channel) {
            switch await above(orphan, waiting) {
            case .found(let messages): context += messages
            case .unknowable: continue
            case .later(let until):
                try await intake.journal.postpone(waiting.id, until: until, at: clock.now())
                return nil
            }
        }
        return Intake.Meaning(of: waiting, events, under: context)
    }

    private enum Above {
        case found([InboundMessage])
        /// The network will not tell; the message stands for itself.
        case unknowable
        /// - Parameter until: When the network will answer again, if it said so.
        case later(until: Date?)
    }

    private func above(_ orphan: InboundMessage, _ waiting: Journal.Waiting) async -> Above {
        do {
            let items = try await network.ancestors(of: orphan.localID)
            return .found(
                items.flatMap { item in (try? network.interpret(item)) ?? [] }.compactMap { event in
                    if case .message(let message) = event { message } else { nil }
                })
        } catch {
            // A citizen's word must not wait long for its context; history may.
            let isPatient = waiting.origin == .import || waiting.tries < 3
            return switch error {
            case .notOffered, .permissionMissing, .tokenExpired: .unknowable
            case .rateLimited(let until): .later(until: until)
            case .unreachable, .serverTrouble: isPatient ? .later(until: nil) : .unknowable
            }
        }
    }

    private static let batchSize = 200
}

extension InboundEvent {
    /// The message's name; `nil` for what is none.
    fileprivate var object: String? {
        if case .message(let message) = self { message.object } else { nil }
    }
}

extension Array {
    /// In their order: those that don't fulfil the condition, and those that do.
    func partitioned(by condition: (Element) -> Bool) -> (others: [Element], matching: [Element]) {
        (filter { !condition($0) }, filter(condition))
    }
}
