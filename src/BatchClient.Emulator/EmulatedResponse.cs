using BatchGateway.Emulator.Internal;

namespace BatchGateway.Emulator;

/// <summary>What becomes of one line of a batch.</summary>
public sealed record EmulatedResponse
{
    /// <summary>An answer with a status and a body. A status of 400 or more puts the line into the error file.</summary>
    /// <param name="statusCode">The line's HTTP status.</param>
    /// <param name="body">The line's body as JSON; text that is not JSON becomes a JSON string.</param>
    public EmulatedResponse(int statusCode, string body)
    {
        ArgumentNullException.ThrowIfNull(body);
        StatusCode = statusCode;
        Body = body;
    }

    /// <summary>The line's HTTP status; 0 when it was never answered.</summary>
    public int StatusCode { get; }

    /// <summary>The line's body as JSON.</summary>
    public string Body { get; }

    internal LineFate Fate { get; private init; } = LineFate.Answered;

    internal string? UnansweredCode { get; private init; }

    internal string? UnansweredMessage { get; private init; }

    /// <summary>
    /// A line that was run and charged for, but stands in neither result file.
    /// </summary>
    public static EmulatedResponse Vanish { get; } = new(200, "{}") { Fate = LineFate.Vanished };

    /// <summary>A chat completion with one choice.</summary>
    /// <param name="text">The assistant's text.</param>
    /// <param name="model">The model that is said to have answered; default <c>emulated</c>.</param>
    public static EmulatedResponse Chat(string text, string model = "emulated") => new(200, ChatReply.Write(text, model, promptText: ""));

    /// <summary>An HTTP failure: the line stands in the error file with this status and an <c>error</c> in its body.</summary>
    /// <param name="statusCode">The line's HTTP status, 400 or more.</param>
    /// <param name="code">The error's <c>code</c>.</param>
    /// <param name="message">The error's <c>message</c>.</param>
    public static EmulatedResponse Error(int statusCode, string code, string message)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(statusCode, 400);
        return new EmulatedResponse(statusCode, ErrorJson.Write(message, param: null, code, ErrorJson.TypeFor(statusCode)));
    }

    /// <summary>A line without any answer: it stands in the error file with <c>response</c> null and this <c>error</c>.</summary>
    /// <param name="code">The error's <c>code</c>, such as <c>request_timeout</c>.</param>
    /// <param name="message">The error's <c>message</c>.</param>
    public static EmulatedResponse Unanswered(string code, string message) =>
        new(0, "null") { Fate = LineFate.Unanswered, UnansweredCode = code, UnansweredMessage = message };

    /// <summary>
    /// The answer that a batch gives without a responder: the same for the same request, shaped by its url. A chat completion or a response
    /// echoes the last user message, or, where the request asks for a JSON schema, is a small instance of it.
    /// </summary>
    /// <param name="request">The line.</param>
    public static EmulatedResponse Default(EmulatedRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new EmulatedResponse(200, DefaultAnswer.Write(request));
    }
}
