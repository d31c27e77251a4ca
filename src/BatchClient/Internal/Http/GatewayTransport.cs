using System.Net;
using BatchGateway.Internal.Diagnostics;
using Microsoft.Extensions.Logging;

namespace BatchGateway.Internal.Http;

/// <summary>
/// The way of every call: path, headers and body in; a model or one of our exceptions out. Nothing else builds a URL, adds a header or maps
/// an error.
/// </summary>
internal sealed class GatewayTransport
{
    private readonly BatchGatewayOptions _options;
    private readonly GatewayAddress _address;
    private readonly RequestHeaders _headers;
    private readonly FailureTranslator _failures;
    private readonly HttpClient _control;
    private readonly HttpClient _transfer;
    private readonly ILogger _logger;
    private readonly RetryPolicy _retries;

    public GatewayTransport(BatchGatewayOptions options, HttpClient control, HttpClient transfer, ILogger logger)
    {
        _options = options;
        _control = control;
        _transfer = transfer;
        _logger = logger;
        _retries = new RetryPolicy(options);
        _address = options.GetAddress();
        _headers = new RequestHeaders(options);
        _failures = new FailureTranslator(options, _headers);
    }

    public RequestHeaders Headers => _headers;

    public BatchGatewayOptions Options => _options;

    /// <summary>Sends a call and reads its small JSON answer.</summary>
    public async Task<T> SendAsync<T>(GatewayCall call, Func<GatewayCall, Answer, T> read, CancellationToken cancellationToken)
    {
        using CallTelemetry? telemetry = CallTelemetry.Start(call, _address, _headers, _options.NetworkClock);
        try
        {
            using HttpRequestMessage request = Build(call, UriOf(call));
            using HttpResponseMessage response = await SendAsync(call, request, cancellationToken).ConfigureAwait(false);
            Answer answer = await BufferAsync(call, response, cancellationToken).ConfigureAwait(false);
            telemetry?.Answered(answer);
            if (!response.IsSuccessStatusCode && !IsDoneAlready(call, answer))
                throw Refusal(call, answer);

            T model = read(call, answer);
            telemetry?.Succeeded(model);
            return model;
        }
        catch (Exception exception)
        {
            throw Failed(exception, call, telemetry, cancellationToken);
        }
    }

    /// <summary>Sends a call and opens its answer as a stream, over redirects if there are any.</summary>
    public async Task<BatchFileContent> OpenAsync(GatewayCall call, CancellationToken cancellationToken)
    {
        using CallTelemetry? telemetry = CallTelemetry.Start(call, _address, _headers, _options.NetworkClock);
        try
        {
            return await FollowAsync(call, telemetry, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            throw Failed(exception, call, telemetry, cancellationToken);
        }
    }

    private async Task<BatchFileContent> FollowAsync(GatewayCall call, CallTelemetry? telemetry, CancellationToken cancellationToken)
    {
        Uri uri = UriOf(call);
        GatewayCall current = call;
        bool hasAskedAnew = false;
        for (int hop = 0; ; hop++)
        {
            HttpRequestMessage request = Build(current, uri);
            HttpResponseMessage response = await SendAsync(current, request, cancellationToken).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
                return await ContentOfAsync(call, request, response, telemetry, cancellationToken).ConfigureAwait(false);

            using (request)
            using (response)
            {
                Answer answer = await BufferAsync(call, response, cancellationToken).ConfigureAwait(false);
                telemetry?.Answered(answer);
                if (current.IsBare && !hasAskedAnew && answer.Status is HttpStatusCode.Forbidden or HttpStatusCode.Gone)
                {
                    // A signed address may have run out, or been good for one attempt only: the gateway has another.
                    (hasAskedAnew, hop, uri, current) = (true, -1, UriOf(call), call);
                    continue;
                }

                if (!RedirectRules.IsRedirect(response.StatusCode) || hop == RedirectRules.MaxHops)
                    throw Refusal(current, answer);
                uri = Target(call, uri, answer);
            }

            current = Bare(call);
            _logger.FollowingRedirect(call.Operation, EchoedToken.Blot(GatewayAddress.OriginOf(uri), call.SentToken));
        }
    }

    private Uri Target(GatewayCall call, Uri from, Answer answer)
    {
        Uri? target = RedirectRules.Target(from, answer.Response.Headers.Location);
        return RedirectRules.Refusal(_address, target) is not { } refusal
            ? target!
            : throw new BatchResponseException(
                $"{call.Doing} failed: the gateway redirects, and the redirect is not followed: {refusal}. Nothing was downloaded. "
                + "Content may be redirected to https, or between loopback addresses.")
            {
                StatusCode = answer.Status,
                RequestId = answer.RequestId,
            };
    }

    private async Task<BatchFileContent> ContentOfAsync(
        GatewayCall call, HttpRequestMessage request, HttpResponseMessage response, CallTelemetry? telemetry, CancellationToken cancellationToken)
    {
        Answer answer = new(response, call.SentToken, ReadOnlyMemory<byte>.Empty);
        telemetry?.Answered(answer);
        if (WhyNoFile(request, answer) is { } why)
        {
            response.Dispose();
            request.Dispose();
            throw new BatchResponseException(
                $"{call.Doing} failed: the gateway answered {(int)answer.Status} {why}. Nothing was downloaded. "
                + "Check ControlPlaneUrl and ApiPath, and the gateway itself.")
            {
                StatusCode = answer.Status,
                RequestId = answer.RequestId,
            };
        }

        HttpContent content = response.Content;
        Stream stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        long? length = content.Headers.ContentLength;
        telemetry?.Succeeded(call);
        return new BatchFileContent(new GuardedStream(stream, length, call, _options, _failures), length, new Owned(request, response))
        {
            HasKnownEnd = length is not null || response.Headers.TransferEncodingChunked == true || response.Version.Major > 1,
            ContentType = content.Headers.ContentType?.ToString(),
            ETag = response.Headers.ETag?.ToString(),
            ContentRange = response.StatusCode == HttpStatusCode.PartialContent ? answer.Clean(content.Headers.ContentRange?.ToString() ?? "") : null,
            Retries = _retries,
            Logger = _logger,
        };
    }

    /// <summary>Says why a successful answer is not the content of the file, byte for byte; null when it is.</summary>
    private static string? WhyNoFile(HttpRequestMessage request, Answer answer)
    {
        if (answer.IsHtml)
            return "with an HTML page, perhaps of a login or a proxy";

        bool isAskedFor = answer.Status is HttpStatusCode.OK or HttpStatusCode.NonAuthoritativeInformation
            || (answer.Status == HttpStatusCode.PartialContent && request.Headers.Contains("Range"));
        if (!isAskedFor)
            return "which does not come with the whole file";

        string coding = string.Join(", ", answer.Response.Content.Headers.ContentEncoding);
        return coding.Length == 0 || coding == "identity" || request.Headers.Contains("Accept-Encoding")
            ? null
            : $"with content that is compressed ('{answer.Clean(coding)}'), though nobody asked for it";
    }

    private HttpRequestMessage Build(GatewayCall call, Uri uri)
    {
        HttpRequestMessage request = new(call.Method, uri) { Content = call.Content };
        call.AttachTo(request);
        if (call.IsBare)
            RequestHeaders.AddRangeTo(request.Headers, call.Options);
        else
            _headers.AddTo(request.Headers, call.Options, acceptsJson: !call.StreamsAnswer);
        return request;
    }

    private Uri UriOf(GatewayCall call) => _address.For(call.Path, call.ResourceId, call.PathEnd);

    private static GatewayCall Bare(GatewayCall call) => new()
    {
        Operation = call.Operation,
        Action = call.Action,
        Method = HttpMethod.Get,
        Path = call.Path,
        PathEnd = call.PathEnd,
        ResourceId = call.ResourceId,
        Options = call.Options,
        IsTransfer = true,
        StreamsAnswer = true,
        Origin = call,
    };

    private async ValueTask<HttpResponseMessage> SendAsync(GatewayCall call, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (call.OneShot is null)
            cancellationToken.ThrowIfCancellationRequested();
        HttpClient client = call.IsTransfer ? _transfer : _control;
        try
        {
            return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (exception.InnerException is TimeoutException && !cancellationToken.IsCancellationRequested)
        {
            // Our own limit for it is infinite: this one is the application's.
            throw new GatewayTimeoutException("HttpClient.Timeout", client.Timeout, exception);
        }
    }

    /// <summary>
    /// The answer's body: read by our handler already, unless a handler of the application's put another answer in its place.
    /// </summary>
    private static async ValueTask<Answer> BufferAsync(GatewayCall call, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        BufferedContent content = response.Content as BufferedContent
            ?? await BufferedContent.ReadAsync(response, cancellationToken).ConfigureAwait(false);
        return new Answer(response, call.SentToken, content.Body);
    }

    /// <summary>A delete that had to be repeated and now finds nothing was done the first time.</summary>
    private static bool IsDoneAlready(GatewayCall call, Answer answer) =>
        call.Method == HttpMethod.Delete && call.MayHaveWorked && answer.Status == HttpStatusCode.NotFound;

    private BatchApiException Refusal(GatewayCall call, Answer answer) =>
        ApiErrors.From(call, answer, _headers.ProviderOf(call.Options), _options.TimeProvider);

    private Exception Failed(Exception exception, GatewayCall call, CallTelemetry? telemetry, CancellationToken cancellationToken)
    {
        Exception translated = _failures.Translate(exception, call, cancellationToken);
        telemetry?.Failed(translated);
        if (translated is AmbiguousCreateException ambiguous)
            _logger.CreateIsAmbiguous(ambiguous.InputFileId, ambiguous.Intent);
        return translated;
    }

    /// <summary>A request and its answer, which live as long as the content that is read from them.</summary>
    private sealed class Owned(HttpRequestMessage request, HttpResponseMessage response) : IDisposable
    {
        public void Dispose()
        {
            response.Dispose();
            request.Dispose();
        }
    }
}
