namespace BatchGateway.Tests.Models;

/// <summary>The words that gateways use, as they stand in the answers: a name for another word would match nothing.</summary>
public sealed class NamedValueTests
{
    [Test]
    public void BatchEndpoint_NamedValues_AreThePaths() => Assert.That(
        Texts(BatchEndpoint.ChatCompletions, BatchEndpoint.Responses, BatchEndpoint.Embeddings, BatchEndpoint.Completions, BatchEndpoint.Moderations),
        Is.EqualTo(new[] { "/v1/chat/completions", "/v1/responses", "/v1/embeddings", "/v1/completions", "/v1/moderations" }));

    [Test]
    public void FilePurpose_NamedValues_AreTheWireTexts() =>
        Assert.That(Texts(FilePurpose.Batch, FilePurpose.BatchOutput), Is.EqualTo(new[] { "batch", "batch_output" }));

    [Test]
    public void FileStatus_NamedValues_AreTheWireTexts() => Assert.That(
        Texts(FileStatus.Uploaded, FileStatus.Pending, FileStatus.Processed, FileStatus.Error),
        Is.EqualTo(new[] { "uploaded", "pending", "processed", "error" }));

    [Test]
    public void BatchErrorCode_NamedValuesOfAFile_AreTheWireTexts() => Assert.That(
        Texts(
            BatchErrorCode.InvalidJsonLine, BatchErrorCode.DuplicateCustomId, BatchErrorCode.MismatchedModel, BatchErrorCode.UrlMismatch,
            BatchErrorCode.InvalidUrl, BatchErrorCode.MissingRequiredParameter, BatchErrorCode.EmptyFile, BatchErrorCode.TooManyTasks,
            BatchErrorCode.TooFewTasks, BatchErrorCode.FileTooLarge, BatchErrorCode.TextTooLong, BatchErrorCode.InvalidValue),
        Is.EqualTo(new[]
        {
            "invalid_json_line", "duplicate_custom_id", "mismatched_model", "url_mismatch",
            "invalid_url", "missing_required_parameter", "empty_file", "too_many_tasks",
            "too_few_tasks", "file_too_large", "string_above_max_length", "invalid_value",
        }));

    [Test]
    public void BatchErrorCode_NamedValuesOfABatch_AreTheWireTexts() => Assert.That(
        Texts(
            BatchErrorCode.ModelNotFound, BatchErrorCode.TokenLimitExceeded, BatchErrorCode.BatchExpired, BatchErrorCode.BatchCancelled,
            BatchErrorCode.RequestTimeout),
        Is.EqualTo(new[] { "model_not_found", "token_limit_exceeded", "batch_expired", "batch_cancelled", "request_timeout" }));

    private static string[] Texts<T>(params T[] values)
        where T : struct => [.. values.Select(value => value.ToString()!)];
}
