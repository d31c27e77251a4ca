namespace BatchGateway.Peers;

internal readonly record struct PeerResult(int Passed, int Failed)
{
    public static readonly PeerResult None = new(0, 0);

    public static PeerResult operator +(PeerResult left, PeerResult right) => new(left.Passed + right.Passed, left.Failed + right.Failed);
}
