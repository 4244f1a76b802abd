import Complaints

/// A desk that is ready for the examples of an operation, with a client that may call it.
struct ReadyDesk {
    /// Lives as long as its client is used.
    let desk: TestDesk
    let client: TestClient
}
