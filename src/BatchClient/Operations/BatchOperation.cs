using System.Text.Json.Serialization.Metadata;

namespace BatchGateway;

/// <summary>A batch under way, or at its end: its snapshot, the wait, the cancellation and the results. Thread-safe.</summary>
public abstract class BatchOperation
{
    /// <summary>For implementations and for fakes in tests.</summary>
    protected BatchOperation()
    {
    }

    /// <summary>
    /// The id of the batch; null after <see cref="IBatchClient.Attach(BatchReference)"/> with a reference from before the create, until it
    /// was found.
    /// </summary>
    public abstract string? BatchId { get; }

    /// <summary>What another process needs to go on with this batch.</summary>
    public abstract BatchReference Reference { get; }

    /// <summary>The last snapshot; null when none was taken yet.</summary>
    public abstract Batch? Latest { get; }

    /// <summary>Takes a new snapshot.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="BatchApiException">The gateway refused, or knows no such batch.</exception>
    /// <exception cref="BatchConnectionException">No complete answer came.</exception>
    /// <exception cref="BatchResponseException">The answer is no batch.</exception>
    /// <exception cref="AmbiguousCreateException">The reference is from before the create, and the batch could not be found.</exception>
    public abstract Task<Batch> RefreshAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Waits until the batch is at its end, whatever end that is; <see cref="Batch.EnsureCompleted"/> tells a good one. Failures that may
    /// pass (no connection, 408, 429, 5xx, answers without sense) do not end the wait, nor does a 401 for 15 minutes or a 404 for 2.
    /// </summary>
    /// <param name="options">The limit and the rhythm.</param>
    /// <param name="progress">Receives a report after each poll. An exception that it throws ends the wait; the batch goes on.</param>
    /// <param name="cancellationToken">Ends the wait; the batch goes on.</param>
    /// <returns>The last snapshot.</returns>
    /// <exception cref="BatchWaitTimeoutException">The limit ran out; the batch goes on.</exception>
    /// <exception cref="BatchApiException">The gateway refused in a way that does not pass.</exception>
    /// <exception cref="AmbiguousCreateException">The reference is from before the create, and the batch could not be found.</exception>
    /// <example>
    /// <code>
    /// Batch end = await operation.WaitAsync(new WaitOptions { Timeout = TimeSpan.FromHours(30) });
    /// end.EnsureCompleted();
    /// </code>
    /// </example>
    public abstract Task<Batch> WaitAsync(
        WaitOptions? options = null, IProgress<BatchProgress>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>Asks for a cancellation. It takes ten minutes and more, and still yields results: wait, then read them.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="BatchApiException">The gateway refused; <see cref="BatchApiException.IsRouteUnsupported"/> when it has no such
    /// call.</exception>
    /// <exception cref="BatchConnectionException">No complete answer came.</exception>
    /// <exception cref="BatchResponseException">The answer is no batch.</exception>
    /// <exception cref="AmbiguousCreateException">The reference is from before the create, and the batch could not be found.</exception>
    public abstract Task<Batch> CancelAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads the results from the output file and the error file, in the order in which they stand there. Both are downloaded whole, to
    /// temporary files, before the first line is handed out. May be repeated; pays nothing.
    /// </summary>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="InvalidOperationException">The batch is not at its end.</exception>
    /// <exception cref="BatchApiException">A file could not be had.</exception>
    /// <exception cref="BatchConnectionException">A file did not arrive whole.</exception>
    /// <exception cref="BatchResponseException">What came is no result file but an error or a page.</exception>
    /// <example>
    /// <code>
    /// await foreach (BatchResultLine line in operation.ReadResultsAsync())
    ///     Console.WriteLine($"{line.CustomId}: {line.Kind} {line.ChatText ?? line.Error?.ToString()}");
    /// </code>
    /// </example>
    public abstract IAsyncEnumerable<BatchResultLine> ReadResultsAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads the results as outcomes: exactly one for each item. Those with a result come first, in the order of the files, unless
    /// <see cref="OutcomeOptions.InItemOrder"/> is set; those without one follow as missing, concluded only when the batch named the same
    /// files twice, a minute apart. May be repeated; pays nothing.
    /// </summary>
    /// <typeparam name="TItem">The type of the items.</typeparam>
    /// <typeparam name="TResult">The type of the results.</typeparam>
    /// <param name="items">What the batch was made from. Held in memory while the results are read.</param>
    /// <param name="customId">
    /// The custom id that an item's line had; null when the lines had none and were numbered in the order of the items.
    /// </param>
    /// <param name="read">Makes the result from a succeeded line. An exception of its makes the outcome a failed one.</param>
    /// <param name="options">The order, and what becomes of lines that decide nothing.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="ArgumentException">Two items have the same custom id.</exception>
    /// <exception cref="InvalidOperationException">The batch is not at its end.</exception>
    /// <exception cref="BatchApiException">A file could not be had.</exception>
    /// <exception cref="BatchConnectionException">A file did not arrive whole.</exception>
    /// <exception cref="BatchResponseException">What came is no result file but an error or a page.</exception>
    /// <example>
    /// <code>
    /// await foreach (BatchOutcome&lt;Question, string?&gt; outcome in operation.ReadOutcomesAsync(
    ///     questions, question => question.Id, line => line.ChatText))
    /// {
    ///     Console.WriteLine($"{outcome.Item.Text} -> {outcome.Result ?? outcome.Error?.ToString()}");
    /// }
    /// </code>
    /// </example>
    public abstract IAsyncEnumerable<BatchOutcome<TItem, TResult>> ReadOutcomesAsync<TItem, TResult>(
        IEnumerable<TItem> items,
        Func<TItem, string>? customId,
        Func<BatchResultLine, TResult> read,
        OutcomeOptions? options = null,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads the results as outcomes with answers of the caller's own type: the text of the answer, where there is one, is read as JSON of
    /// that type (structured output); a body without such text, as of embeddings, is read itself. An answer that does not fit is a failed
    /// outcome with its reason.
    /// </summary>
    /// <typeparam name="TItem">The type of the items.</typeparam>
    /// <typeparam name="TResult">The type of the answers.</typeparam>
    /// <param name="items">What the batch was made from. Held in memory while the results are read.</param>
    /// <param name="customId">
    /// The custom id that an item's line had; null when the lines had none and were numbered in the order of the items.
    /// </param>
    /// <param name="answerType">How to read an answer, from a <see cref="System.Text.Json.Serialization.JsonSerializerContext"/> of the
    /// caller's.</param>
    /// <param name="options">The order, and what becomes of lines that decide nothing.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <inheritdoc cref="ReadOutcomesAsync{TItem, TResult}(IEnumerable{TItem}, Func{TItem, string}, Func{BatchResultLine, TResult}, OutcomeOptions, CancellationToken)" path="/exception"/>
    public virtual IAsyncEnumerable<BatchOutcome<TItem, TResult>> ReadOutcomesAsync<TItem, TResult>(
        IEnumerable<TItem> items,
        Func<TItem, string>? customId,
        JsonTypeInfo<TResult> answerType,
        OutcomeOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(answerType);
        return ReadOutcomesAsync(items, customId, line => Internal.Lines.TypedAnswer.Read(line, answerType), options, cancellationToken);
    }
}
