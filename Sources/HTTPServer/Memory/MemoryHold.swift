/// What a request holds that is worked on, wherever that is done and whether or not its client is still there: it is on
/// the account for as long as there is a copy of the request.
final class MemoryHold: Sendable {
    private let account: MemoryAccount
    private let bytes: Int

    init(_ bytes: Int, of account: MemoryAccount) {
        self.bytes = bytes
        self.account = account
        account.take(bytes)
    }

    deinit {
        account.give(bytes)
    }
}
