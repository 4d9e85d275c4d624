import Desk
import Foundation
import Hummingbird

/// A colleague's own second factor: setting it up, its recovery codes, taking it off.
struct SecondFactorRoutes {
    let desk: Desk
    let pages: Pages

    func add(to routes: some RouterMethods<Visit>) {
        routes.get("account/second-factor") { _, visit in try await orAccount(visit) { try await show(visit) } }
        routes.post("account/second-factor", use: begin)
        routes.post("account/second-factor/confirmation", use: confirm)
        routes.post("account/second-factor/removal", use: remove)
        routes.post("account/recovery-codes", use: renewCodes)
    }

    @Sendable func begin(_ request: Request, visit: Visit) async throws -> Response {
        try await orAccount(visit) {
            try await desk.team.beginSecondFactor(of: visit.me)
            return .seeOther("/account/second-factor")
        }
    }

    @Sendable func confirm(_ request: Request, visit: Visit) async throws -> Response {
        let form = try await Form(request)
        return try await orAccount(visit) {
            do {
                let codes = try await desk.team.confirmSecondFactor(
                    with: form["code"], of: visit.me, keeping: visit.session, from: visit.machine, at: desk.clock.now())
                return show(codes, areFirst: true, visit)
            } catch let refusal as Refusal where refusal != .secondFactorIsOn && refusal != .secondFactorIsOff {
                return try await show(visit, refusal)
            }
        }
    }

    @Sendable func renewCodes(_ request: Request, visit: Visit) async throws -> Response {
        let form = try await Form(request)
        return try await orAccount(visit) {
            let codes = try await desk.team.renewRecoveryCodes(
                with: form["code"], of: visit.me, from: visit.machine, at: desk.clock.now())
            return show(codes, areFirst: false, visit)
        }
    }

    @Sendable func remove(_ request: Request, visit: Visit) async throws -> Response {
        let form = try await Form(request)
        return try await orAccount(visit) {
            try await desk.team.removeSecondFactor(with: form["proof"], of: visit.me, from: visit.machine, at: desk.clock.now())
            return pages.seeOther("/account", done: "secondFactorRemoved")
        }
    }

    private func show(_ visit: Visit, _ refusal: Refusal? = nil) async throws -> Response {
        let issuer = [pages.words(visit.language)("product"), pages.plate.lastKnown?.name].compactMap(\.self).joined(separator: " ")
        let secret = try await desk.team.newSecret(of: visit.me, issuer: issuer)
        let page = SecondFactorPage(
            frame: pages.frame(visit, .account, flashes: refusal.map { [pages.flash($0, to: visit)] } ?? []), secret: secret.groups,
            link: secret.link)
        return pages.show("account/second-factor", page, to: visit, status: refusal?.status ?? .ok)
    }

    private func show(_ codes: [String], areFirst: Bool, _ visit: Visit) -> Response {
        let page = RecoveryCodesPage(frame: pages.frame(visit, .account), codes: codes, isFirst: areFirst)
        return pages.show("account/recovery-codes", page, to: visit)
    }

    private func orAccount(_ visit: Visit, _ deed: () async throws -> Response) async throws -> Response {
        do {
            return try await deed()
        } catch let refusal as Refusal where refusal.isForTheForm {
            return try await AccountRoutes(desk: desk, pages: pages).show(visit, refusal)
        }
    }
}
