namespace Helpdesk;

/// <summary>What a customer wrote.</summary>
public sealed record Ticket(string Id, string Subject, string Text);
