import Foundation

extension SimulatedMastodon {
    static let mediaTypes = [
        "image/jpeg", "image/png", "image/gif", "image/webp", "image/heic", "video/mp4", "video/webm", "audio/mpeg", "audio/ogg",
    ]

    /// Takes a file in. Where the fault for slow processing is set, it isn't ready for so many looks.
    func upload(_ bytes: [UInt8], type: String, description: String?, focus: String?, by account: Int64) throws(WireRefusal) -> MediaFile {
        guard SimulatedMastodon.mediaTypes.contains(type) else {
            throw .validation("File content type is invalid, File is invalid")
        }
        guard bytes.count <= (type.hasPrefix("image/") ? 16_777_216 : 103_809_024) else {
            throw .validation("File must be less than \(type.hasPrefix("image/") ? "16 MB" : "99 MB")")
        }
        try check(description: description)
        var file = MediaFile(id: nextID(), account: account, contentType: type, bytes: Data(bytes), description: description)
        file.focus(at: focus)
        if let fault = take(.mediaProcessing) { file.processingLeft = max(1, Int(fault.seconds)) }
        file.failed = take(.mediaFailing) != nil
        state.media[file.id] = file
        return file
    }

    private func check(description: String?) throws(WireRefusal) {
        if (description ?? "").count > 1500 { throw .validation("Description is too long (maximum is 1500 characters)") }
    }

    func media(_ id: Int64, of account: Int64) throws(WireRefusal) -> MediaFile {
        guard let file = state.media[id], file.account == account else { throw .notFound }
        return file
    }

    /// Every look brings a file that is being processed one step on.
    func look(at id: Int64, of account: Int64) throws(WireRefusal) -> MediaFile {
        let file = try media(id, of: account)
        if file.processingLeft > 0 { state.media[id]?.processingLeft -= 1 }
        return file
    }

    func describe(_ id: Int64, of account: Int64, description: String?, focus: String?) throws(WireRefusal) -> MediaFile {
        var file = try media(id, of: account)
        try check(description: description)
        file.description = description ?? file.description
        file.focus(at: focus)
        state.media[id] = file
        changed()
        return file
    }

    func checkAttachable(_ id: Int64, by author: Int64) throws(WireRefusal) {
        let file = try media(id, of: author)
        if file.processingLeft > 0 || file.failed {
            throw .validation("Cannot attach files that have not finished processing. Try again in a moment!")
        }
    }

    func shape(_ file: MediaFile) -> JSON {
        let ready = file.processingLeft == 0
        let url = "\(base)/media/\(idText(file.id))/original"
        let focus: JSON = ["x": .double(file.focusX), "y": .double(file.focusY)]
        let json: JSON = [
            "id": name(file.id), "type": .string(file.type), "url": ready ? .string(url) : .null, "preview_url": .string(url),
            "remote_url": nil, "preview_remote_url": nil, "text_url": nil, "meta": ["focus": focus], "description": JSON(file.description),
            "blurhash": nil,
        ]
        return json.overridden(by: file.overrides)
    }
}

extension MediaFile {
    /// - Parameter text: `x,y` from -1 to 1; anything else changes nothing.
    mutating func focus(at text: String?) {
        let parts = (text ?? "").split(separator: ",").compactMap { Double($0) }
        guard parts.count == 2 else { return }
        (focusX, focusY) = (parts[0], parts[1])
    }
}
