import CCrypto
import Synchronization

/// SHA-256 (FIPS 180-4), as libcrypto has it.
public enum SHA256 {
    /// How long a hash is, in bytes.
    public static let size = 32

    /// The hash of `bytes`, `size` bytes of it.
    public static func hash(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        if let hash = bytes.withContiguousStorageIfAvailable({ hash(UnsafeRawBufferPointer($0)) }) { return hash }
        return Array(bytes).withUnsafeBytes(hash)
    }

    /// The hash of `bytes`, `size` bytes of it.
    public static func hash(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        let context = contexts.take()
        defer { contexts.put(context) }
        return [UInt8](unsafeUninitializedCapacity: size) { hash, count in
            // The three fail only where memory ends, and then nothing could go on.
            let isDone =
                EVP_DigestInit_ex2(context.pointer, algorithm.pointer, nil) == 1
                && EVP_DigestUpdate(context.pointer, bytes.baseAddress, bytes.count) == 1
                && EVP_DigestFinal_ex(context.pointer, hash.baseAddress, nil) == 1
            precondition(isDone, "libcrypto made no hash")
            count = size
        }
    }

    /// What libcrypto knows the algorithm by: looking it up takes longer than a short hash.
    static let algorithm = FetchedDigest("SHA256")

    private static let contexts = ContextPool()
}

/// An algorithm of libcrypto's, looked up once and kept for good.
struct FetchedDigest: @unchecked Sendable {
    // Sendable: a fetched algorithm is never changed (provider(7), "Thread safety" of EVP_MD_fetch(3)).
    let pointer: OpaquePointer

    init(_ name: String) {
        guard let pointer = EVP_MD_fetch(nil, name, nil) else {
            preconditionFailure("libcrypto has no \(name)")
        }
        self.pointer = pointer
    }
}

/// Free list of hashing contexts: to make one and free it takes as long as to hash an entry of the log.
private final class ContextPool: Sendable {
    /// A context that one call uses at a time.
    struct Context: @unchecked Sendable {
        // Sendable: it is in the list or with the one call that took it, never both.
        let pointer: OpaquePointer
    }

    private let free = Mutex<[Context]>([])

    /// One that nobody uses. There are never more of them than calls at one time.
    func take() -> Context {
        if let context = free.withLock({ $0.popLast() }) { return context }
        guard let pointer = EVP_MD_CTX_new() else { preconditionFailure("no memory for a hash") }
        return Context(pointer: pointer)
    }

    func put(_ context: Context) {
        free.withLock { $0.append(context) }
    }
}
