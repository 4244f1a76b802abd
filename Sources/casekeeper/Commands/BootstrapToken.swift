import CaseStore
import Complaints
import Foundation

/// The first token of a database that has none, for a container that nobody can run a command in beforehand.
struct BootstrapToken {
    /// A file is taken for a blank one up to so many bytes.
    private static let sizeLimit = 4096

    /// Holds the secret, or gets one written into it.
    let path: String
    /// The database's file, which it can't be.
    let database: String

    private var replaceable: PendingFile.Replaceable {
        .file("empty file") { descriptor in
            var bytes = [UInt8](repeating: 0, count: Self.sizeLimit + 1)
            let count = pread(descriptor, &bytes, bytes.count, 0)
            return count >= 0 && count <= Self.sizeLimit
                && bytes[..<count].allSatisfy { $0 == 0x20 || (9...13).contains($0) }
        }
    }

    private var sources: FileNames { FileNames(ofDatabase: database) }

    /// Looks whether there is a secret in the file, or may be one, before a database is made for it.
    func check() throws {
        guard try readSecret() == nil else { return }
        try keeping {
            try PendingFile.check(path, replaceable, sources)
            guard access(URL(filePath: path).deletingLastPathComponent().path, W_OK) == 0 else {
                throw FileError(.make, path)
            }
        }
    }

    /// Makes the `admin` token, unless the database has tokens. The file is written before the database: should the
    /// process end between the two, the next start takes the secret from the file.
    func install(in store: CaseStore) throws {
        guard try !store.makeReader().read({ try $0.hasTokens() }) else { return }
        let secret = try readSecret() ?? writeSecret()
        try store.write { transaction in
            _ = try transaction.createToken(name: "bootstrap", role: .admin, secret: secret, expiresAt: nil)
        }
    }

    private func readSecret() throws -> TokenSecret? {
        guard FileStatus(path) != nil else { return nil }
        let text: String
        do {
            let bytes = try InputFile(path).read(upTo: Self.sizeLimit + 1)
            guard bytes.count <= Self.sizeLimit, let content = String(bytes: bytes, encoding: .utf8)
            else {
                throw FileError(.read, path, reason: "it is no short text")
            }
            text = content.trimmingCharacters(in: .whitespacesAndNewlines)
        } catch {
            throw CommandFailure(.configuration, "the bootstrap token file can't be read: \(error)")
        }
        if text.isEmpty { return nil }
        guard let secret = TokenSecret(text), Set(text).count >= 16 else {
            throw CommandFailure(
                .configuration,
                "\(path) holds no good token: ck_ and at least 43 random letters and digits; empty it to get one")
        }
        return secret
    }

    /// Into a new file that only its owner can read, so that nobody has it open from before.
    private func writeSecret() throws -> TokenSecret {
        let secret = TokenSecret()
        try keeping {
            var file = try OutputFile(at: path, replacing: replaceable, reading: sources)
            try file.write((secret.text + "\n").utf8)
            try file.place()
        }
        return secret
    }

    private func keeping(_ body: () throws -> Void) throws {
        do {
            try body()
        } catch {
            throw CommandFailure(
                .configuration, "the bootstrap token can't be kept: \(CommandFailure(error).message)")
        }
    }
}
