using System.Runtime.CompilerServices;
using System.Text;
using BatchGateway.Internal.Lines;

namespace BatchGateway.Tests.Internal.Lines;

public sealed class RequestStreamTests
{
    [TestCase(1)]
    [TestCase(7)]
    [TestCase(1 << 20)]
    public async Task ReadAsync_PiecesOfAnySize_AreTheSameLines(int size)
    {
        string[] texts = [.. Enumerable.Range(0, 40).Select(i => new string('x', i * i * 10))];
        await using RequestStream stream = Of(AsyncLines.From(texts.Select(text => BatchRequestLine.Chat(null, "m", text))));

        StringBuilder read = new();
        byte[] buffer = new byte[size];
        while (await stream.ReadAsync(buffer) is > 0 and int count)
            read.Append(Encoding.UTF8.GetString(buffer, 0, count));

        Assert.That(read.ToString(), Is.EqualTo(string.Concat(texts.Select((text, i) =>
            $$$"""{"custom_id":"request-{{{i + 1}}}","method":"POST","url":"/v1/chat/completions","body":{"model":"m","messages":[{"role":"user","content":"{{{text}}}"}]}}""" + "\n"))));
        Assert.That(stream.LineCount, Is.EqualTo(40));
        Assert.That(await stream.ReadAsync(buffer), Is.Zero, "it stays at its end");
    }

    [Test]
    public async Task DisposeAsync_WhileALineIsAwaited_EndsTheLinesFirst()
    {
        bool isDisposed = false;
        TaskCompletionSource awaits = new(TaskCreationOptions.RunContinuationsAsynchronously);
        async IAsyncEnumerable<BatchRequestLine> Lines([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            try
            {
                yield return BatchRequestLine.Chat(null, "m", "x");
                awaits.SetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            finally
            {
                // Whatever the items still do belongs to them until this is over.
                await Task.Yield();
                isDisposed = true;
            }
        }

        RequestStream stream = Of(Lines());
        Task<int> reading = stream.ReadAsync(new byte[100]).AsTask();
        await awaits.Task;

        await stream.DisposeAsync();

        Assert.That(isDisposed, Is.True);
        await Assert.CatchAsync<OperationCanceledException>(() => reading);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => stream.ReadAsync(new byte[100]).AsTask());
        Assert.That(async () => await stream.DisposeAsync(), Throws.Nothing, "twice is once");
    }

    [Test]
    public async Task DisposeAsync_BeforeTheEnd_DisposesOfTheLines()
    {
        bool isDisposed = false;
        IEnumerable<BatchRequestLine> Lines()
        {
            try
            {
                while (true)
                    yield return BatchRequestLine.Chat(null, "m", new string('x', 10_000));
            }
            finally
            {
                isDisposed = true;
            }
        }

        RequestStream stream = Of(AsyncLines.From(Lines()));
        await stream.ReadExactlyAsync(new byte[500_000]);

        await stream.DisposeAsync();

        Assert.That(isDisposed, Is.True);
    }

    [Test]
    public async Task Dispose_BeforeTheEnd_RefusesToReadAndLeavesTheLinesToDisposeAsync()
    {
        bool isDisposed = false;
        IEnumerable<BatchRequestLine> Lines()
        {
            try
            {
                while (true)
                    yield return BatchRequestLine.Chat(null, "m", new string('x', 10_000));
            }
            finally
            {
                isDisposed = true;
            }
        }

        CustomIdSet ids = new(isFinal: true);
        RequestStream stream = new(AsyncLines.From(Lines()), new BatchLimits(), CancellationToken.None, ids);
        await stream.ReadExactlyAsync(new byte[500_000]);
        Assert.That(ids.Size, Is.GreaterThan(0));

        // The synchronous way, as whoever knows only a Stream goes it.
        ((IDisposable)stream).Dispose();

        Assert.That(ids.Size, Is.Zero, "the table is free");
        await Assert.ThrowsAsync<ObjectDisposedException>(() => stream.ReadAsync(new byte[100]).AsTask());
        Assert.That(isDisposed, Is.False);
        await stream.DisposeAsync();
        Assert.That(isDisposed, Is.True);
    }

    [Test]
    public async Task Dispose_WhileALineIsAwaited_FreesNothingUnderItsHands()
    {
        TaskCompletionSource goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        async IAsyncEnumerable<BatchRequestLine> Lines()
        {
            await goOn.Task;
            yield return BatchRequestLine.Chat(null, "m", "x");
        }

        await using RequestStream stream = Of(Lines());
        Task<int> reading = stream.ReadAsync(new byte[100]).AsTask();

        ((IDisposable)stream).Dispose();
        goOn.SetResult();

        Assert.That(await reading, Is.EqualTo(100));
    }

    [Test]
    public async Task ReadAsync_CancelledAttempt_EndsTheWaitForALine()
    {
        using CancellationTokenSource attempt = new();
        async IAsyncEnumerable<BatchRequestLine> Lines([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            Task forever = Task.Delay(Timeout.Infinite, cancellationToken);
            await attempt.CancelAsync();
            await forever;
            yield break;
        }

        await using RequestStream stream = Of(Lines());

        await Assert.CatchAsync<OperationCanceledException>(() => stream.ReadAsync(new byte[100], attempt.Token).AsTask());
    }

    [Test]
    public async Task Stream_Kind_IsOneThatIsReadOnceAndAsynchronously()
    {
        await using RequestStream stream = Of(AsyncLines.From(Array.Empty<BatchRequestLine>()));

        Assert.That((stream.CanRead, stream.CanSeek, stream.CanWrite), Is.EqualTo((true, false, false)));
        Assert.That(() => stream.Length, Throws.TypeOf<NotSupportedException>());
        Assert.That(() => stream.Read(new byte[1], 0, 1), Throws.TypeOf<NotSupportedException>());
    }

    private static RequestStream Of(IAsyncEnumerable<BatchRequestLine> lines) => new(lines, new BatchLimits(), CancellationToken.None);
}
