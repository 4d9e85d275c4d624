import Foundation
import Synchronization

/// One measured figure, as a line of JSON. Absolute figures depend on the machine; the ratio is taken within one run.
struct Figure: Encodable {
    let name: String
    let engine: String
    let conversations: Int
    let value: Double
    let unit: String
    /// What it is compared with, and how often the one goes into the other. `nil` where there is nothing to compare with.
    var baseline: String?
    var ratio: Double?
    var budget: String?
    var details: [String: Double] = [:]

    func print() {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let line = try? encoder.encode(rounded) else { return }
        say(String(decoding: line, as: UTF8.self))
    }

    private var rounded: Figure {
        Figure(
            name: name, engine: engine, conversations: conversations, value: value.toThousandths, unit: unit, baseline: baseline,
            ratio: ratio?.toThousandths, budget: budget, details: details.mapValues(\.toThousandths))
    }
}

extension Double {
    fileprivate var toThousandths: Double { (self * 1000).rounded() / 1000 }
}

/// Times of many of the same, in milliseconds.
struct Times: Sendable {
    private(set) var sorted: [Double]

    init(_ times: [Duration]) { sorted = times.map { $0 / .milliseconds(1) }.sorted() }

    /// - Returns: What this share of them stays below; infinite where there are none.
    func percentile(_ share: Double) -> Double {
        sorted.isEmpty ? .infinity : sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
    }

    var details: [String: Double] { ["count": Double(sorted.count), "p50": percentile(0.5), "p99": percentile(0.99)] }
}

/// Numbers from zero on, each to one taker.
final class Serial: Sendable {
    private let next = Atomic<Int>(0)
    func take() -> Int { next.add(1, ordering: .relaxed).oldValue }
}
