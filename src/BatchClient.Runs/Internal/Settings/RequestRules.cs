using BatchGateway.Internal.Operations;

namespace BatchGateway.Runs.Internal;

/// <summary>Checks what a run is asked for, before anything is read or written.</summary>
internal static class RequestRules
{
    /// <exception cref="ArgumentException">A value makes no sense.</exception>
    public static RunSettings SettingsOf(BatchRunRequest request, RunAddress address)
    {
        string problems = string.Join(" ", Problems(request));
        if (problems.Length > 0)
            throw new ArgumentException($"{problems} Nothing was read, and nothing was sent.", nameof(request));

        return new RunSettings
        {
            Address = address,
            Limits = request.Limits,
            MaxAttempts = request.MaxAttempts,
            MaxExpiries = request.MaxExpiries,
            RetryMissing = request.RetryMissing,
            MaxBatchesInFlight = request.MaxBatchesInFlight,
            MaxEnqueuedTokens = request.MaxEnqueuedTokens,
            MaxUploads = request.MaxUploads,
            CompletionWindow = request.CompletionWindow,
            JobName = request.JobName,
            Metadata = new SortedDictionary<string, string>(request.Metadata, StringComparer.Ordinal),
            OutputExpiresAfter = request.OutputExpiresAfter,
            Endpoint = request.Endpoint.ToString(),
            Price = request.Price,
            Prices = request.Prices is { Count: > 0 } prices ? new SortedDictionary<string, TokenPrice>(prices.ToDictionary(), StringComparer.Ordinal) : null,
            Cleanup = request.Cleanup,
        };
    }

    private static IEnumerable<string> Problems(BatchRunRequest request)
    {
        if (request.Limits is null)
            yield return "Limits is missing.";
        if (request.MaxAttempts < 1)
            yield return $"MaxAttempts is {request.MaxAttempts}, and must be at least 1.";
        if (request.MaxExpiries < 0)
            yield return $"MaxExpiries is {request.MaxExpiries}, and must not be negative.";
        if (request.MaxBatchesInFlight < 1)
            yield return $"MaxBatchesInFlight is {request.MaxBatchesInFlight}, and must be at least 1; null is no limit.";
        if (request.MaxEnqueuedTokens < 1)
            yield return $"MaxEnqueuedTokens is {request.MaxEnqueuedTokens}, and must be at least 1; null is no limit.";
        if (request.MaxUploads < 1)
            yield return $"MaxUploads is {request.MaxUploads}, and must be at least 1.";
        foreach (string model in request.Prices?.Where(price => price.Key.Length == 0 || price.Value is null).Select(price => price.Key) ?? [])
            yield return $"Prices has no price for '{model}', or a price without a model.";
        foreach (string name in request.Call is { } call ? References.SecretsOf(call) : [])
        {
            yield return $"The header '{name}' of Call would be stored with the run, and by its name it may be a secret. Set it on the client "
                + "(BatchGatewayOptions.Headers), which sends it with every call and keeps it in no file.";
        }

        if (request.Deadline <= TimeSpan.Zero)
            yield return $"Deadline is {request.Deadline}, and must be longer than nothing; null is none.";
    }
}
