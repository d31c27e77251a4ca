namespace Helpdesk;

/// <summary>A ticket that a person has to look at, and why.</summary>
public sealed record UntriagedTicket(Ticket Ticket, string Reason);
