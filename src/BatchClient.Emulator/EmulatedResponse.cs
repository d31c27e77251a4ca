using System.Text;
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

    /// <summary>A line that was run and charged for, but stands in neither result file. It counts as completed.</summary>
    public static EmulatedResponse Vanish { get; } = new(200, "{}") { Fate = LineFate.Vanished };

    /// <summary>A line that stands in neither result file and was not charged for. It counts as completed.</summary>
    public static EmulatedResponse VanishUnbilled { get; } = new(200, "{}") { Fate = LineFate.VanishedUnbilled };

    /// <summary>
    /// A line that its batch did not come to in time: it stands in the error file with <c>response</c> null and the code
    /// <c>batch_expired</c>, was not charged for, and counts as neither completed nor failed.
    /// </summary>
    public static EmulatedResponse Expired { get; } =
        NotRun("batch_expired", "This request could not be executed before the completion window expired.");

    internal static EmulatedResponse Cancelled { get; } = NotRun("batch_cancelled", "This request was not run: the batch was cancelled.");

    internal LineFate Fate { get; private init; } = LineFate.Answered;

    internal string? ErrorCode { get; private init; }

    internal string? ErrorMessage { get; private init; }

    internal ReadOnlyMemory<byte> RawLine { get; private init; }

    internal int Copies { get; private init; } = 1;

    internal IReadOnlyList<OddLine> Oddities { get; private init; } = [];

    internal bool Succeeded => Fate == LineFate.Answered ? StatusCode < 400 : Fate is LineFate.Raw or LineFate.Vanished or LineFate.VanishedUnbilled;

    internal bool IsBilled => Succeeded && Fate != LineFate.VanishedUnbilled;

    internal bool IsInAFile => Fate is not (LineFate.Vanished or LineFate.VanishedUnbilled);

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
        new(0, "null") { Fate = LineFate.Unanswered, ErrorCode = code, ErrorMessage = message };

    /// <summary>
    /// This text instead of a result line: it stands in the output file as it is, with a newline after it. The line was charged for and
    /// counts as completed.
    /// </summary>
    /// <param name="line">The text.</param>
    public static EmulatedResponse Raw(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return Raw(Encoding.UTF8.GetBytes(line));
    }

    /// <summary>
    /// These bytes instead of a result line: they stand in the output file as they are, with a newline after them. The line was charged
    /// for and counts as completed.
    /// </summary>
    /// <param name="line">The bytes; a copy is kept.</param>
    public static EmulatedResponse Raw(ReadOnlyMemory<byte> line) =>
        new(200, Encoding.UTF8.GetString(line.Span)) { Fate = LineFate.Raw, RawLine = line.ToArray() };

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

    /// <summary>The same, but the line stands in its file two times, to the byte. It is charged for and counted once.</summary>
    /// <exception cref="InvalidOperationException">The line stands in no file.</exception>
    public EmulatedResponse Twice() =>
        IsInAFile ? this with { Copies = 2 } : throw new InvalidOperationException("A line that vanishes cannot stand in a file twice.");

    /// <summary>The same, but written oddly. Several oddities may be asked for, one after the other.</summary>
    /// <param name="oddity">What is odd about it.</param>
    /// <exception cref="InvalidOperationException">This kind of line cannot be odd in this way.</exception>
    public EmulatedResponse As(OddLine oddity)
    {
        OddityRules.Require(this, oddity);
        return this with { Oddities = [.. Oddities, oddity] };
    }

    internal bool Is(OddLine oddity) => Oddities.Contains(oddity);

    private static EmulatedResponse NotRun(string code, string message) =>
        new(0, "null") { Fate = LineFate.NotRun, ErrorCode = code, ErrorMessage = message };
}
