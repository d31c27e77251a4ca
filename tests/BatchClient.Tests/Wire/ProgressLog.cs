namespace BatchGateway.Tests.Wire;

/// <summary>Everything that was reported, at once and in order.</summary>
internal sealed class ProgressLog(Action<long>? reported = null) : IProgress<long>
{
    private readonly List<long> _values = [];

    public IReadOnlyList<long> Values
    {
        get
        {
            lock (_values)
                return [.. _values];
        }
    }

    public void Report(long value)
    {
        lock (_values)
            _values.Add(value);
        reported?.Invoke(value);
    }
}
