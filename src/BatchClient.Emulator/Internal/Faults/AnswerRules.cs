namespace BatchGateway.Emulator.Internal;

/// <summary>Refuses, when it is asked for, an answer that the server could not send when its request comes.</summary>
internal static class AnswerRules
{
    public static Reply Reply(int status, string body, string contentType)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 200);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 999);
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(contentType);
        HeaderText.Require(contentType, nameof(contentType));
        if (body.Length > 0 && status is 204 or 205 or 304)
            throw new ArgumentException($"An answer with status {status} has no body.", nameof(body));
        return Internal.Reply.Text(status, body, contentType);
    }
}
