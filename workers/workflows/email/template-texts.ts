import { NOTICES } from './notice-texts.ts';
import type { EmailType, Template } from './template-shape.ts';

export const TEMPLATES: Readonly<Record<EmailType, Template>> = {
  general: {
    subject: 'A short message',
    about: '{topic}',
    own: null,
    gap: '[What you want to say]',
    tones: {
      neutral: {
        open: '{I am writing to you about topic.}',
        close: 'Please let me know if you have any questions.',
      },
      formal: {
        open: '{I am writing to you regarding topic.}',
        close: 'Should you have any questions, please do not hesitate to contact me.',
      },
      friendly: {
        open: 'I hope you are doing well!{ A quick word about topic:}',
        close: 'Talk to you soon!',
      },
    },
  },
  thank_you: {
    subject: 'Thank you',
    about: 'Thank you: {topic}',
    own: /^(?:(?:many|big|a|my)\s+)*thank(?:s|\s+you)?\b(?:\s+(?:so|very)\s+much)?(?:\s+note)?(?:\s+(?:for|to))?\s*/i,
    gap: '[What it meant to you]',
    tones: {
      neutral: {
        open: 'Thank you very much{ for topic}.',
        close: 'I appreciate the time and the effort that you put into it.',
      },
      formal: {
        open: 'I would like to express my sincere thanks{ for topic}.',
        close: 'Your support is greatly appreciated.',
      },
      friendly: {
        open: 'Thanks so much{ for topic}!',
        close: 'It really made a difference, and I owe you one.',
      },
    },
  },
  apology: {
    subject: 'My apologies',
    about: 'Apologies: {topic}',
    own: /^(?:(?:an|my|sincere)\s+)*(?:apolog(?:y|ies)|sorry)\b(?:\s+(?:for|about))?\s*/i,
    gap: '[What happened, and what you do to put it right]',
    tones: {
      neutral: {
        open: 'I am sorry{ about topic}.',
        close:
          'I understand that this was an inconvenience, and I will see to it that it does not happen again.',
      },
      formal: {
        open: 'Please accept my sincere apologies{ regarding topic}.',
        close: 'I regret any inconvenience this has caused, and I will take care that it is not repeated.',
      },
      friendly: {
        open: 'I am really sorry{ about topic}!',
        close: 'That was my fault. I hope we are good, and I will make it up to you.',
      },
    },
  },
  follow_up: {
    subject: 'Following up',
    about: 'Following up: {topic}',
    own: /^(?:a\s+)?follow(?:ing)?[\s-]*up\b(?:\s+(?:on|about|to))?\s*/i,
    gap: '[What you are waiting for]',
    tones: {
      neutral: {
        open: 'I am following up{ on topic}.',
        close: 'Could you let me know where things stand when you have a moment?',
      },
      formal: {
        open: 'I am writing to follow up{ on topic}.',
        close: 'I would be grateful for a short update at your convenience.',
      },
      friendly: {
        open: 'Just checking in{ on topic}.',
        close: 'No rush, but a quick word on how it is going would be great!',
      },
    },
  },
  meeting_request: {
    subject: 'A meeting',
    about: 'Meeting: {topic}',
    own: /^(?:a\s+)?meeting(?:\s+request)?\b(?:\s+(?:about|on|for|to\s+discuss))?\s*/i,
    gap: '[What you want to talk about, and when it would suit you]',
    tones: {
      neutral: {
        open: 'I would like to meet with you{ about topic}.',
        close: 'Which days and times would suit you? I can adapt to your calendar.',
      },
      formal: {
        open: 'I would like to request a meeting with you{ regarding topic}.',
        close: 'I would be grateful if you could let me know which dates would be convenient for you.',
      },
      friendly: {
        open: 'Could we get together{ about topic}?',
        close: 'Just tell me when works for you and I will make it happen.',
      },
    },
  },
  invitation: {
    subject: 'An invitation',
    about: 'Invitation: {topic}',
    own: /^(?:an\s+)?invit(?:ation|e)\b(?:\s+(?:to|for))?\s*/i,
    gap: '[What it is, when and where]',
    tones: {
      neutral: {
        open: 'I would like to invite you{ to topic}.',
        close: 'Please let me know whether you can come.',
      },
      formal: {
        open: 'It is my pleasure to invite you{ to topic}.',
        close: 'I would be grateful if you could let me know whether you will be able to attend.',
      },
      friendly: {
        open: 'I would love for you to come{ to topic}!',
        close: 'Let me know if you can make it!',
      },
    },
  },
  request: {
    subject: 'A request',
    about: 'Request: {topic}',
    own: /^(?:a\s+)?request\b(?:\s+(?:for|about))?\s*/i,
    gap: '[What you need, and by when]',
    tones: {
      neutral: {
        open: 'I have a request{ about topic}.',
        close: 'Thank you in advance. Please tell me if you need anything from me for it.',
      },
      formal: {
        open: 'I am writing to you with a request{ regarding topic}.',
        close: 'I would greatly appreciate your help, and I am happy to provide any further information.',
      },
      friendly: {
        open: 'Could you do me a favour{ with topic}?',
        close: 'That would help me a lot, thank you!',
      },
    },
  },
  reminder: {
    subject: 'A reminder',
    about: 'Reminder: {topic}',
    own: /^(?:a\s+)?remind(?:er|ing)?\b(?:\s+(?:about|of|for|to))?\s*/i,
    gap: '[What is due, and when]',
    tones: {
      neutral: {
        open: 'This is a short reminder{ about topic}.',
        close: 'If it is done already, please disregard this message.',
      },
      formal: {
        open: 'May I kindly remind you{ of topic}.',
        close: 'If you have already attended to the matter, please disregard this message.',
      },
      friendly: {
        open: 'Just a little nudge{ about topic}.',
        close: 'If you have done it already, never mind me!',
      },
    },
  },
  introduction: {
    subject: 'An introduction',
    about: 'Introduction: {topic}',
    own: /^(?:an?\s+)?(?:self[\s-]*)?introduc(?:tion|ing)\b(?:\s+(?:to|of|about))?\s*/i,
    gap: '[Who you are, what you do and why you are writing]',
    tones: {
      neutral: {
        open: 'I would like to introduce myself{ in connection with topic}. My name is [Your name].',
        close: 'I would be glad to hear from you.',
      },
      formal: {
        open: 'Please allow me to introduce myself{ with regard to topic}. My name is [Your name].',
        close: 'I would welcome the opportunity to speak with you.',
      },
      friendly: {
        open: "We haven't met yet, so let me say hello{ about topic}: I am [Your name].",
        close: 'It would be great to get to know you!',
      },
    },
  },
  decline: {
    subject: 'Unfortunately not this time',
    about: 'Unfortunately not: {topic}',
    own: /^declin(?:e|ing)\b(?:\s+of)?\s*/i,
    gap: '[The reason, if you want to give one]',
    tones: {
      neutral: {
        open: 'Thank you for your message. Unfortunately I have to decline{ topic}.',
        close: 'I hope that there will be another opportunity.',
      },
      formal: {
        open: 'Thank you for your message. I regret that I must decline{ topic}.',
        close: 'I appreciate your understanding and hope for another opportunity in the future.',
      },
      friendly: {
        open: 'Thanks for asking! Sadly I have to say no{ to topic}.',
        close: 'Please do ask me again!',
      },
    },
  },
  leave_request: {
    subject: 'Request for leave',
    about: 'Request for leave: {topic}',
    own: /^(?:(?:a|request\s+for|annual|sick|my)\s+)*(?:leave|time\s+off|vacation|holidays?)(?:\s+request)?\b\s*/i,
    gap: '[From when until when]',
    tones: {
      neutral: {
        open: 'I would like to ask for time off{: topic}.',
        close: 'I will hand over open work before I leave. Please let me know whether this is all right.',
      },
      formal: {
        open: 'I would like to request leave{: topic}.',
        close:
          'I will ensure that my duties are handed over beforehand. I would be grateful for your approval.',
      },
      friendly: {
        open: 'I would like to take some time off{: topic}.',
        close: 'I will make sure that nothing is left lying. Is that fine with you?',
      },
    },
  },
  status_update: {
    subject: 'Status update',
    about: 'Status update: {topic}',
    own: /^(?:a\s+)?(?:status(?:\s+(?:update|report))?|(?:progress\s+)?update)\b(?:\s+(?:on|of|about))?\s*/i,
    gap: '[What is done, what comes next, and what stands in the way]',
    tones: {
      neutral: {
        open: 'Here is a short update{ on topic}.',
        close: 'I will write again when there is more to tell.',
      },
      formal: {
        open: 'I am writing to inform you of the current status{ of topic}.',
        close: 'I will keep you informed of any further progress.',
      },
      friendly: {
        open: 'A quick update{ on topic}:',
        close: 'More soon. Ask away if you want to know anything!',
      },
    },
  },
  ...NOTICES,
};
