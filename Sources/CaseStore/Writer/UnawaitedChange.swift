/// A change that nobody waits for, with something to be done once it is on disk.
final class UnawaitedChange<Value: Sendable>: BatchedChange, @unchecked Sendable {
    private let make: @Sendable (WriteTransaction) throws -> Value
    private let kept: @Sendable (Value) -> Void
    private let fail: @Sendable (any Error) -> Void
    /// Of the writer's queue alone, for which the compiler has to be told that it can be sent.
    private var value: Value?

    init(
        make: @escaping @Sendable (WriteTransaction) throws -> Value, kept: @escaping @Sendable (Value) -> Void,
        fail: @escaping @Sendable (any Error) -> Void
    ) {
        self.make = make
        self.kept = kept
        self.fail = fail
    }

    var isAlone: Bool { false }

    func apply(_ transaction: WriteTransaction) throws {
        value = nil
        value = try make(transaction)
    }

    func committed() {
        if let value { kept(value) }
    }

    func failed(_ error: any Error) { fail(error) }
}
