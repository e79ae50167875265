internal import Foundation

/// Reads a short text, from whatever the path leads to: a file, a pipe, `/dev/null`.
enum TextFile {
    /// Why there is no text, in words that don't repeat the path.
    struct Refusal: Error {
        var message: String
    }

    static func read(_ path: String, bytesMax: Int) -> Result<String, Refusal> {
        let bytes: Data
        do {
            let file = try FileHandle(forReadingFrom: URL(filePath: path))
            defer { try? file.close() }
            bytes = try file.read(upToCount: bytesMax + 1) ?? Data()
        } catch {
            return .failure(Refusal(message: "can't be read: \(reason(error))"))
        }
        guard bytes.count <= bytesMax else {
            return .failure(Refusal(message: "larger than \(bytesMax) bytes"))
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            return .failure(Refusal(message: "not UTF-8"))
        }
        return .success(text)
    }

    private static func reason(_ error: any Error) -> String {
        switch (error as? CocoaError)?.code {
        case .fileReadNoSuchFile?, .fileNoSuchFile?: "no such file"
        case .fileReadNoPermission?: "no permission"
        default: "not a file with text"
        }
    }
}
