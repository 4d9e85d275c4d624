import Foundation
import Musterstadt
import Networks
import Testing

@testable import Desk

struct ChannelTests {
    @Test(arguments: Engine.allCases) func `what a server turns out not to offer is offered to nobody again`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            let desk = bench.desk
            try await bench.hear(.example("Danke!"))
            let message = try #require(try await bench.theConversation().entries.first?.message.id)
            try await desk.replies.like(message, by: bench.jana, token: "a", at: bench.time)
            let claimed = try #require(try await desk.outbox.claim(on: bench.channel.id, at: bench.time, token: "t"))
            #expect(try await desk.outbox.begin(claimed, window: .zero, at: bench.time))
            try await desk.outbox.record(.failed(.notOffered), for: claimed, at: bench.time)

            let channel = try await desk.channels.channel(bench.channel.id)
            let can = try #require(try await desk.channels.capabilities(of: channel))
            #expect(!can.can(.like) && can.can(.editOwn) && channel.lacks == [.like])
            await #expect(throws: Refusal.notEditable) {
                try await desk.replies.like(message, by: bench.jana, token: "b", at: bench.time)
            }
            #expect(try await bench.theConversation().entries.first?.message.isLiked == false)

            let admission = Admission(
                network: channel.network, account: channel.account, handle: channel.handle, profile: channel.profile, token: "new")
            try await desk.channels.connect(admission, importFrom: bench.time, by: .operator, at: bench.time)
            #expect(try await desk.channels.channel(channel.id).lacks.isEmpty, "connected anew, it is asked anew")
        }
    }

    @Test(arguments: Engine.allCases) func `a trouble ends with the look that had it`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            let (channels, id) = (bench.desk.channels, bench.channel.id)
            try await channels.failed(bench.channel, .unreachable, with: .reconcile, at: bench.time)
            try await channels.recovered(id, with: .poll)
            #expect(try await channels.channel(id).trouble == .unreachable, "polling says nothing about the comparison")
            try await channels.reconciled(id, from: bench.time, at: bench.time)
            #expect(try await channels.channel(id).trouble == nil)
        }
    }

    @Test(arguments: Engine.allCases) func `a late word about an old token leaves the new connection alone`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            let channels = bench.desk.channels
            let account = bench.channel
            let id = try await channels.connect(
                Admission(
                    network: account.network, account: account.account, handle: account.handle, profile: account.profile, token: "new"),
                importFrom: bench.time, by: .operator, at: bench.time + .seconds(60))
            try await channels.failed(account, .tokenExpired, with: .stream, at: bench.time + .seconds(61))
            let anew = try await channels.channel(id)
            #expect(anew.state == .connected)
            try await channels.failed(anew, .tokenExpired, with: .stream, at: bench.time + .seconds(62))
            #expect(try await channels.channel(id).state == .tokenExpired)
        }
    }
}
