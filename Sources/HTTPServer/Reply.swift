/// placeholder
public struct Reply<LoopState>: Sendable {}
