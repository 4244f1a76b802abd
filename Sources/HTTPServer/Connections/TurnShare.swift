/// What is left of a connection's share of one turn of its loop. A peer that asks for much at once, or for long answers,
/// is served in pieces, and the others in between.
struct TurnShare {
    /// As many as are ever parsed ahead of a slow peer, so that pipelining stays worth its while.
    var requests = 64
    /// About what one read takes and one write gives.
    var bytes = 64 * 1024

    var isUsedUp: Bool { requests <= 0 || bytes <= 0 }
}
