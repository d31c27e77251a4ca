using BatchGateway.Fuzz.Inputs;

namespace BatchGateway.Fuzz.Targets;

/// <summary>One thing that reads what others wrote. Every worker has its own.</summary>
internal abstract class Target : IDisposable
{
    public const string Value = "value";

    public abstract string Name { get; }

    /// <summary>How many of a thousand cases are its.</summary>
    public abstract int Share { get; }

    /// <summary>Makes the input of a case.</summary>
    public abstract byte[] Make(Dice dice);

    /// <summary>Reads an input.</summary>
    /// <returns><see cref="Value"/>, or the name of the exception of ours in which it ended.</returns>
    /// <exception cref="Violation">A rule was broken. Whatever else is thrown breaks one too.</exception>
    public abstract Task<string> RunAsync(byte[] input);

    public void Dispose() => Release();

    protected virtual void Release()
    {
    }
}
