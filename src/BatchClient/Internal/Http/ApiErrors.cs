using System.Globalization;
using System.Net;
using BatchGateway.Internal.Json;

namespace BatchGateway.Internal.Http;

/// <summary>Makes <see cref="BatchApiException"/> from an answer that says no.</summary>
internal static class ApiErrors
{
    private static readonly string[] QuotaWords = ["quota", "billing", "credit", "payment", "spend"];

    public static BatchApiException From(GatewayCall call, Answer answer, string? provider, TimeProvider clock)
    {
        BatchError error = answer.Clean(ErrorEnvelope.Read(answer.SafeBody.Span) ?? new BatchError());
        bool unsupported = IsRouteUnsupported(call, answer, error);
        TimeSpan? retryAfter = RetryAfter.Of(answer.Response, clock);
        return new BatchApiException(answer.Status, $"{What(call, answer, error)} {State(call)} {Next(call, answer, unsupported, provider, retryAfter)}")
        {
            Error = error,
            RequestId = answer.RequestId,
            RetryAfter = retryAfter,
            Body = answer.Text,
            IsRouteUnsupported = unsupported,
        };
    }

    /// <summary>Whether a 429 is about money and not about speed: waiting will not help.</summary>
    public static bool SpeaksOfQuota(HttpResponseMessage response)
    {
        BatchError? error = response.Content is BufferedContent content ? ErrorEnvelope.Read(content.Body.Span) : null;
        return error is not null && (ContainsQuotaWord(error.Code.ToString()) || ContainsQuotaWord(error.Type));
    }

    private static bool ContainsQuotaWord(string? text) =>
        text is not null && QuotaWords.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// 405 and 501 are about the route. A 404 is about the route on a collection, and on an item when it is no API's own error object and
    /// does not speak of the id: a framework's <c>{"detail":"Not Found"}</c>, a proxy's page, nothing at all.
    /// </summary>
    private static bool IsRouteUnsupported(GatewayCall call, Answer answer, BatchError error) => answer.Status switch
    {
        HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented => true,
        HttpStatusCode.NotFound => call.ResourceId is { } id
            ? !ErrorEnvelope.IsStructured(answer.Body.Span) && !Names(error, id)
            : call.Method == HttpMethod.Get || !ErrorEnvelope.IsStructured(answer.Body.Span),
        _ => false,
    };

    /// <summary>Whether a message names the id, and not only a path that ends in it.</summary>
    private static bool Names(BatchError error, string id)
    {
        int at = error.Message?.IndexOf(id, StringComparison.Ordinal) ?? -1;
        return at == 0 || (at > 0 && error.Message![at - 1] != '/');
    }

    private static string What(GatewayCall call, Answer answer, BatchError error)
    {
        string code = error.Code == default ? "" : $", code '{error.Code}'";
        string param = string.IsNullOrEmpty(error.Param) ? "" : $", param '{error.Param}'";
        string said = string.IsNullOrEmpty(error.Message) ? "." : $": {error.Message.TrimEnd('.')}.";
        return $"{call.Doing} failed: the gateway answered {(int)answer.Status}{code}{param}{said}";
    }

    private static string State(GatewayCall call) => call switch
    {
        { OneShot: not null } => "No batch was created.",
        { Content: UploadContent } => "No file was stored.",
        { StreamsAnswer: true } => "Nothing was downloaded.",
        { Method.Method: "GET" } => "Nothing was changed.",
        _ => "Things stand as they were.",
    };

    private static string Next(GatewayCall call, Answer answer, bool unsupported, string? provider, TimeSpan? retryAfter) => answer.Status switch
    {
        _ when call.IsBare => "It was the address that the gateway redirected to, not the gateway itself. Try again: signed addresses run out.",
        _ when unsupported => "This gateway has no such call at this address: check ControlPlaneUrl and ApiPath; not every gateway can list and cancel.",
        HttpStatusCode.Unauthorized => "Check the token: the gateway does not take it.",
        HttpStatusCode.BadRequest or HttpStatusCode.Forbidden => ProviderHint(provider),
        HttpStatusCode.NotFound => $"Check the id. {ProviderHint(provider)}",
        HttpStatusCode.RequestEntityTooLarge => "Send smaller files.",
        HttpStatusCode.TooManyRequests when retryAfter is { } delay => $"Wait {Seconds(delay)} and try again.",
        HttpStatusCode.TooManyRequests => "Check quota and billing, or wait and try again.",
        >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest =>
            $"It redirects{Target(answer)}, which is not followed with credentials: set ControlPlaneUrl to the final address.",
        >= HttpStatusCode.InternalServerError when retryAfter is { } delay => $"Wait {Seconds(delay)} and try again.",
        >= HttpStatusCode.InternalServerError => "Try again later; the request id, if there is one, helps the gateway's operators.",
        _ => call.OneShot is null ? "Correct the call and try again." : "Correct the request and create the batch again.",
    };

    private static string ProviderHint(string? provider) => provider is null
        ? $"The header {GatewayHeaders.Provider} was not sent, and TrueFoundry's gateway requires it for files and batches: set Provider."
        : $"If it is about the provider account: {GatewayHeaders.Provider} was '{provider}', and must be the one that the file and the batch were made with.";

    private static string Target(Answer answer) =>
        answer.Response.Headers.Location is { IsAbsoluteUri: true } target ? answer.Clean($" to {GatewayAddress.OriginOf(target)}") : "";

    private static string Seconds(TimeSpan delay) => $"{Math.Ceiling(delay.TotalSeconds).ToString(CultureInfo.InvariantCulture)} s";
}
