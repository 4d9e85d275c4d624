import HTTPTypes
import Hummingbird

/// One page of a list that is sorted newest first, and the links to its neighbours.
///
/// `max_id` goes back in time, `since_id` gives the newest page only and may leave a gap, `min_id` gives what comes directly after.
struct Paging: Sendable {
    var limit: Int
    var maxID: Int64?
    var sinceID: Int64?
    var minID: Int64?

    func cut<Item>(_ items: [Item], id: (Item) -> Int64) -> [Item] {
        let within = items.filter { item in
            let id = id(item)
            return maxID.map { id < $0 } ?? true && sinceID.map { id > $0 } ?? true && minID.map { id > $0 } ?? true
        }
        return minID == nil ? Array(within.prefix(limit)) : Array(within.suffix(limit))
    }
}

extension Call {
    func paging(standard: Int = 20, most: Int = 40) async throws -> Paging {
        var paging = Paging(limit: min(max(fields.int("limit") ?? standard, 1), most))
        if let id = fields["max_id"] { paging.maxID = try await server.number(id) }
        if let id = fields["since_id"] { paging.sinceID = try await server.number(id) }
        if let id = fields["min_id"] { paging.minID = try await server.number(id) }
        return paging
    }

    /// The page that was asked for, with its `Link` header.
    func page<Item: Sendable>(
        of items: [Item], _ paging: Paging, id: (Item) -> Int64, shape: @Sendable ([Item]) async -> [JSON]
    ) async -> Response {
        var found = paging.cut(items, id: id)
        let isEmptied = !found.isEmpty ? await server.take(.emptyPage) != nil : false
        let first = found.first.map(id)
        let last = found.last.map(id)
        if isEmptied { found = [] }
        var response = Response(json: .array(await shape(found)))
        if let first, let last {
            // An emptied page points at what it kept back, in either direction.
            let next = isEmptied ? first + 1 : found.count == paging.limit ? last : nil
            let links = await [link("max_id", next, "next"), link("min_id", isEmptied ? paging.minID : first, "prev")]
            response.headers.set("Link", links.compactMap { $0 }.joined(separator: ", "))
        }
        return response
    }

    private func link(_ cursor: String, _ id: Int64?, _ relation: String) async -> String? {
        guard let id else { return nil }
        let kept = (request.uri.query ?? "").split(separator: "&").filter { pair in
            !["max_id", "min_id", "since_id"].contains(String(pair.prefix { $0 != "=" }))
        }
        let query = (kept.map(String.init) + ["\(cursor)=\(await server.idText(id))"]).joined(separator: "&")
        return "<\(await server.base)\(request.uri.path)?\(query)>; rel=\"\(relation)\""
    }
}
