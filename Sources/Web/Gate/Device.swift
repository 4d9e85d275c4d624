/// A browser in words that its owner recognises: „Firefox, Linux“. What it says of itself is never shown as it stands.
enum Device {
    static func name(of agent: String?) -> String {
        let agent = agent ?? ""
        // Each claims to be those before it, so the order counts.
        let browsers = [("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari")]
        let systems = [
            ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux"),
        ]
        let found = [browsers, systems].compactMap { list in list.first { agent.contains($0.0) }?.1 }
        return found.joined(separator: ", ")
    }
}
