import CaseStore
import Complaints
import Foundation

/// The first token of a database that has none, for a container that nobody can run a command in beforehand.
struct BootstrapToken {
    /// Holds the secret, or gets one written into it.
    let path: String

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
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        guard let data = FileManager.default.contents(atPath: path), let content = String(bytes: data, encoding: .utf8)
        else {
            throw CommandFailure(.configuration, "the bootstrap token file \(path) can't be read")
        }
        let text = content.trimmingCharacters(in: .whitespacesAndNewlines)
        if text.isEmpty { return nil }
        guard let secret = TokenSecret(text), Set(text).count >= 16 else {
            throw CommandFailure(
                .configuration,
                "\(path) holds no good token: ck_ and at least 43 random letters and digits; empty it to get one")
        }
        return secret
    }

    private func writeSecret() throws -> TokenSecret {
        let secret = TokenSecret()
        do {
            var file = try OutputFile(path: path)
            try file.write((secret.text + "\n").utf8)
            try file.flush()
            // A file that was there may be open to others.
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        } catch {
            throw CommandFailure(.configuration, "the bootstrap token can't be kept: \(error)")
        }
        return secret
    }
}
