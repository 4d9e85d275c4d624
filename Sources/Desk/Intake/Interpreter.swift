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

    /// Takes in what waits.
    /// - Returns: Whether more may wait.
    func work() async throws -> Bool {
        let batch = try await intake.journal.waiting(on: channel.id, at: clock.now(), limit: Self.batchSize)
        var meanings: [Intake.Meaning] = []
        for waiting in batch {
            if let meaning = try await meaning(of: waiting) { meanings.append(meaning) }
        }
        fate(.eventInterpreted)
        try await take(meanings)
        return batch.count == Self.batchSize
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
        for meaning in meanings {
            do {
                try await intake.take([meaning], on: channel, at: clock.now())
            } catch let trouble as StoreError where trouble.isOfTheDatabase {
                throw trouble
            } catch {
                log.error("An item could not be taken in", metadata: ["item": "\(meaning.item)", "error": "\(error)"])
                try await intake.journal.setAside(meaning.item, why: "the desk could not take it in", on: channel.id, at: clock.now())
            }
        }
    }

    /// - Returns: `nil` where it has to wait, or is set aside.
    private func meaning(of waiting: Journal.Waiting) async throws -> Intake.Meaning? {
        let events: [InboundEvent]
        do {
            events = try network.interpret(waiting.item)
        } catch {
            try await intake.journal.setAside(waiting.id, why: error.why, on: channel.id, at: clock.now())
            return nil
        }
        var context: [InboundMessage] = []
        for orphan in try await intake.orphans(in: events, on: channel.id) {
            switch await above(orphan, tries: waiting.tries) {
            case .found(let messages): context += messages
            case .unknowable: continue
            case .later:
                try await intake.journal.postpone(waiting.id, after: waiting.tries, at: clock.now())
                return nil
            }
        }
        return Intake.Meaning(waiting.id, events: events, context: context, isImport: waiting.origin == .import)
    }

    private enum Above {
        case found([InboundMessage])
        /// The network will not tell; the message stands for itself.
        case unknowable
        case later
    }

    private func above(_ orphan: InboundMessage, tries: Int) async -> Above {
        do {
            let items = try await network.ancestors(of: orphan.localID)
            return .found(
                items.flatMap { item in (try? network.interpret(item)) ?? [] }.compactMap { event in
                    if case .message(let message) = event { message } else { nil }
                })
        } catch {
            switch error {
            case .notOffered, .permissionMissing, .tokenExpired: return .unknowable
            // A citizen's word must not wait long for its context.
            case .rateLimited, .unreachable, .serverTrouble: return tries < 3 ? .later : .unknowable
            }
        }
    }

    private static let batchSize = 50
}
