namespace Helpdesk;

/// <summary>A ticket, and what the model says about it.</summary>
public sealed record TriagedTicket(Ticket Ticket, Verdict Verdict);
