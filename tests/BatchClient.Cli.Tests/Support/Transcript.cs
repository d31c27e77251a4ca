using System.Text;

namespace BatchGateway.Cli.Tests.Support;

/// <summary>What a process has written so far, to stdout and stderr, and the news that there is more.</summary>
internal sealed class Transcript
{
    private readonly object _gate = new();
    private readonly StringBuilder _text = new();
    private TaskCompletionSource _more = NewSignal();
    private int _open;

    /// <summary>Reads a stream to its end.</summary>
    public async Task<string> ReadAsync(StreamReader reader)
    {
        Interlocked.Increment(ref _open);
        StringBuilder own = new();
        char[] buffer = new char[4096];
        while (await reader.ReadAsync(buffer) is > 0 and int count)
        {
            own.Append(buffer, 0, count);
            lock (_gate)
                _text.Append(own.ToString(own.Length - count, count));
            Signal();
        }

        Interlocked.Decrement(ref _open);
        Signal();
        return own.ToString();
    }

    /// <summary>Waits until something was written; returns all that was, until then.</summary>
    public async Task<string> ExpectAsync(string text, TimeSpan limit)
    {
        while (true)
        {
            (Task more, bool isOpen, string soFar) = Look();
            if (soFar.Contains(text, StringComparison.Ordinal))
                return soFar;

            Assert.That(isOpen, Is.True, () => $"it ended before it said '{text}':\n{soFar}");
            await more.WaitAsync(limit);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private (Task More, bool IsOpen, string SoFar) Look()
    {
        lock (_gate)
            return (_more.Task, Volatile.Read(ref _open) > 0, _text.ToString());
    }

    private void Signal()
    {
        TaskCompletionSource reached;
        lock (_gate)
            (reached, _more) = (_more, NewSignal());
        reached.SetResult();
    }
}
