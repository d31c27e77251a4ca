namespace BatchGateway.Fuzz.Inputs;

/// <summary>Choices that stand in bytes: an input that decides what a server does. Where they end, everything is 0: shorter is simpler.</summary>
internal sealed class ByteDice
{
    private readonly byte[] _choices;
    private int _next;

    public ByteDice(byte[] choices) => _choices = choices;

    public int Below(int end) => end <= 1 ? 0 : (end <= 256 ? Byte() : (Byte() << 8) | Byte()) % end;

    private int Byte() => _next < _choices.Length ? _choices[_next++] : 0;
}
